package io.cleave.transport.tensor;

import java.util.Optional;

/**
 * Whole numbers for the values of a tensor or channel: value = scale * (step - zeroPoint). The span
 * that the steps cover is that of the values and 0 together, so that 0 stays exactly 0, and no
 * value moves by more than scale / 2, beside the rounding of single precision.
 *
 * @param scale above 0
 * @param zeroPoint in the range
 * @param range of the steps
 */
record AffineSteps(float scale, int zeroPoint, StepRange range) {
  /** Beside it the last bits of a double are worth 1: adding it rounds, ties to even. */
  private static final double ROUNDING = 0x1.8p52;

  /** The scale and zero point for values of a span. */
  static AffineSteps covering(ValueSpan span, StepRange range) {
    double width = (double) span.most() - span.least();
    // Steps too fine for normal floats would lose the bound; with this one the error is 6e-39.
    float scale = Math.max((float) (width / range.steps()), Float.MIN_NORMAL);
    while ((double) scale * range.steps() < width) {
      scale = Math.nextUp(scale);
    }
    // Rounded as the values are, so that the least value lands on the least step.
    int zero = (int) (range.least() - Math.rint(span.least() * (1.0 / scale)));
    return new AffineSteps(scale, zero, range);
  }

  /**
   * Those on one of which the least value lies exactly, a little coarser: the first step would else
   * lie up to half a step beside it. A picture's dark ground is often its least value, and half of
   * it.
   *
   * @return empty if there is no value below 0, or all steps between it and 0 would be one
   */
  static Optional<AffineSteps> beginningWithLeast(ValueSpan span, StepRange range) {
    double width = (double) span.most() - span.least();
    int below = (int) (range.steps() * -(double) span.least() / width);
    float scale = -span.least() / below;
    return below == 0 || scale < Float.MIN_NORMAL
        ? Optional.empty()
        : Optional.of(new AffineSteps(scale, range.least() + below, range));
  }

  /** The step nearest to a value; of what lies beyond all steps the first or last. */
  int of(float value) {
    int step = rounded(value * (1.0 / scale)) + zeroPoint;
    return Math.max(range.least(), Math.min(range.most(), step));
  }

  /**
   * The steps of some values, by their bits.
   *
   * @param bits of finite floats within the span, or little beyond
   */
  void store(int[] bits, int from, int to, byte[] steps, int at) {
    double perScale = 1.0 / scale;
    int least = range.least();
    int most = range.most();
    for (int i = from; i < to; i++) {
      int step = rounded(Float.intBitsToFloat(bits[i]) * perScale) + zeroPoint;
      steps[at + i - from] = (byte) Math.max(least, Math.min(most, step));
    }
  }

  private static int rounded(double small) {
    return (int) Double.doubleToRawLongBits(small + ROUNDING);
  }

  /** What a step stands for; never infinite. */
  float toFloat(int step) {
    double value = (double) scale * (step - zeroPoint);
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }

  /** What each step stands for, by the step's lowest eight bits. */
  float[] values() {
    float[] values = new float[1 << Byte.SIZE];
    for (int step = range.least(); step <= range.most(); step++) {
      values[step & 0xff] = toFloat(step);
    }
    return values;
  }

  /** What is wrong with scale or zero point, if they come from outside. */
  boolean sound() {
    return scale > 0 && scale < Float.POSITIVE_INFINITY && range.contains(zeroPoint);
  }
}
