package io.cleave.policies.separable;

/**
 * Few equally distant levels between two bounds, and nothing below the lower: what a tile's outputs
 * are rounded to before they are sent.
 *
 * <p>Source: Zhang, Lin, Zhang, "Adaptive distributed convolutional neural network inference at the
 * network edge with ADCNN", ICPP 2020: clipped rectifier, then uniform quantisation (as
 * remembered).
 *
 * <p>Differs: values between the bounds are lowered by the lower one, so that there is no jump and
 * all levels are used.
 *
 * @param lower what is at most so large becomes 0; at least 0
 * @param upper what is larger counts as this; above {@code lower}
 * @param bits of a level, 1 to 8
 */
public record ClippedLevels(double lower, double upper, int bits) {
  private static final int MOST_BITS = 8;

  public ClippedLevels {
    if (!(lower >= 0) || !(upper > lower) || upper == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "Bounds are finite, the lower at least 0, the upper above it; not %s and %s."
              .formatted(lower, upper));
    }
    if (bits < 1 || bits > MOST_BITS) {
      throw new IllegalArgumentException(
          "A level has 1 to %d bits, not %d.".formatted(MOST_BITS, bits));
    }
  }

  /** The largest level; the smallest is 0. */
  public int highest() {
    return (1 << bits) - 1;
  }

  /** By how much the values of neighbouring levels differ. */
  public double step() {
    return (upper - lower) / highest();
  }

  /**
   * The level nearest to a value, the even one in the middle.
   *
   * @throws IllegalArgumentException if the value is not a number
   */
  public int level(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "A value that is not a number has no level. Maybe the network diverged in training.");
    }
    return (int) Math.rint((Math.min(Math.max(value, lower), upper) - lower) / step());
  }

  /** What a level stands for, from 0 to upper - lower. */
  public double value(int level) {
    if (level < 0 || level > highest()) {
      throw new IllegalArgumentException(
          "A level is in 0..%d, not %d.".formatted(highest(), level));
    }
    return level * step();
  }
}
