package io.cleave.transport.tensor;

/**
 * What is taken from outside at most.
 *
 * @param totalBytes of one call's tensors together, as values and on the wire
 * @param tensors of one call
 */
public record TensorLimits(long totalBytes, int tensors) {
  /** Axes of one tensor. */
  static final int RANK = 8;

  /** Characters of a tensor's name. */
  static final int NAME_LENGTH = 256;

  /** 256 MiB in 64 tensors: a hundred times what well-known networks send. */
  public static final TensorLimits DEFAULT = new TensorLimits(256L << 20, 64);

  public TensorLimits {
    if (totalBytes < 1 || totalBytes > Integer.MAX_VALUE || tensors < 1) {
      throw new IllegalArgumentException(
          "At least one tensor and 1 to 2^31-1 bytes must be allowed, not %d and %d."
              .formatted(tensors, totalBytes));
    }
  }
}
