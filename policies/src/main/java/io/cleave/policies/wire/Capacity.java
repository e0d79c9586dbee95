package io.cleave.policies.wire;

/**
 * How much a server takes.
 *
 * @param devices that it serves, at most
 * @param modelBytes parameters of all models together, at most
 */
public record Capacity(int devices, long modelBytes) {
  /** Whatever comes. */
  public static final Capacity ANY = new Capacity(Integer.MAX_VALUE, Long.MAX_VALUE);

  public Capacity {
    if (devices < 0 || modelBytes < 0) {
      throw new IllegalArgumentException(
          "A server takes at least 0 devices and 0 bytes of models, not %d and %d."
              .formatted(devices, modelBytes));
    }
  }
}
