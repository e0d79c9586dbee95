package io.cleave.policies.matching;

/**
 * A server as the devices of a site share it.
 *
 * @param quota devices that it serves, at most
 * @param memoryBytes for models; one that several devices run is held once
 * @param variability how unevenly work comes, above 0, see {@link Contention}
 */
public record Host(int quota, long memoryBytes, double variability) {
  public Host {
    if (quota < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException(
          "A host's quota and memory are at least 0, not %d and %d bytes."
              .formatted(quota, memoryBytes));
    }
    if (!(variability > 0 && variability < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The variability of work must be finite and above 0, not %s.".formatted(variability));
    }
  }
}
