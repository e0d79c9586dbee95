package io.cleave.policies.wire;

/**
 * How much a server takes.
 *
 * @param devices that it serves, at most
 * @param modelBytes parameters of all models together, at most
 * @param accessBitsPerSecond of its own link, which all whom it serves share, both ways together;
 *     infinite if that is never what they wait for
 */
public record Capacity(int devices, long modelBytes, double accessBitsPerSecond) {
  /** Whatever comes. */
  public static final Capacity ANY = new Capacity(Integer.MAX_VALUE, Long.MAX_VALUE);

  public Capacity {
    if (devices < 0 || modelBytes < 0) {
      throw new IllegalArgumentException(
          "A server takes at least 0 devices and 0 bytes of models, not %d and %d."
              .formatted(devices, modelBytes));
    }
    if (!(accessBitsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A server's own link carries more than 0 bit/s, not %s.".formatted(accessBitsPerSecond));
    }
  }

  /** One whose own link is fast enough for all. */
  public Capacity(int devices, long modelBytes) {
    this(devices, modelBytes, Double.POSITIVE_INFINITY);
  }
}
