package io.cleave.policies.graph;

/**
 * What it takes to make a tensor with whole numbers of eight bits, all layers that lead to it
 * included, as it was measured.
 *
 * @param speedFactor seconds of these layers beside those in single precision, above 0; below 1 is
 *     faster
 * @param storageBytes of these layers as a file, weights of eight bits, at least 0
 * @param accuracyLoss right answers that are lost, as a share of all: 0.005 is half a point, below
 *     0 is a gain; positive infinity if nobody has measured it
 */
public record EightBits(double speedFactor, long storageBytes, double accuracyLoss) {
  public EightBits {
    if (!(speedFactor > 0 && speedFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A speed factor must be finite and above 0, not %s.".formatted(speedFactor));
    }
    if (storageBytes < 0) {
      throw new IllegalArgumentException(
          "Storage must be at least 0 bytes, not %d.".formatted(storageBytes));
    }
    if (!(accuracyLoss >= -1) || (accuracyLoss > 1 && accuracyLoss != Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A loss must be in -1..1, or infinite if it is unknown, not %s.".formatted(accuracyLoss));
    }
  }
}
