package io.cleave.transport.tensor;

import java.nio.FloatBuffer;

/**
 * Eight bits a value, one scale and zero point a tensor: value = scale * (stored - zeroPoint). The
 * range that the 256 steps cover is that of the values and 0 together, so that 0 stays exactly 0,
 * and no value moves by more than scale / 2, beside the rounding of single precision.
 *
 * @param scale above 0
 * @param zeroPoint in [-128, 127]
 */
record AffineInt8(float scale, int zeroPoint) {
  static final int LEAST = Byte.MIN_VALUE;
  static final int MOST = Byte.MAX_VALUE;

  /**
   * The scale and zero point for values between two bounds.
   *
   * @param least at most 0
   * @param most at least 0
   */
  static AffineInt8 covering(float least, float most) {
    double range = (double) most - least;
    // Steps too fine for normal floats would lose the bound; with this one the error is 6e-39.
    float scale = Math.max((float) (range / (MOST - LEAST)), Float.MIN_NORMAL);
    while ((double) scale * (MOST - LEAST) < range) {
      scale = Math.nextUp(scale);
    }
    // Rounded as the values are, so that the least value lands on the least step.
    return new AffineInt8(scale, (int) (LEAST - Math.rint(least * (1.0 / scale))));
  }

  /**
   * Fits the values of a tensor.
   *
   * @return scale and zero point, or NaN as scale if a value is not finite, which no step can say
   */
  static AffineInt8 fitting(FloatBuffer values) {
    float least = 0;
    float most = 0;
    float check = 0;
    for (int i = values.position(); i < values.limit(); i++) {
      float value = values.get(i);
      least = Math.min(least, value);
      most = Math.max(most, value);
      check += value * 0; // NaN as soon as one value is NaN or infinite
    }
    return Float.isNaN(check) ? new AffineInt8(Float.NaN, 0) : covering(least, most);
  }

  boolean fits() {
    return scale > 0;
  }

  byte of(float value) {
    double step = Math.rint(value * (1.0 / scale)) + zeroPoint;
    return (byte) Math.max(LEAST, Math.min(MOST, step));
  }

  float toFloat(byte stored) {
    return scale * (stored - zeroPoint);
  }
}
