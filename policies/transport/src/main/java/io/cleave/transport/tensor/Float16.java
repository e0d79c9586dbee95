package io.cleave.transport.tensor;

/**
 * IEEE half precision: 11 significant bits, so a relative error of at most 2^-11 between 6.1e-5 and
 * 65504, and an absolute one of 2^-25 below. Rounds to nearest, ties to even; from 65520 on a value
 * becomes infinite; what is not a number stays so.
 */
final class Float16 {
  private static final int INFINITE = 0x7c00;

  private Float16() {}

  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int size = bits & 0x7fff_ffff;
    if (size < 0x3880_0000) {
      // Below the smallest normal half: beside 0.5 a float's last bit is worth a subnormal half's.
      float aligned = Float.intBitsToFloat(size) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(aligned) - 0x3f00_0000));
    }
    if (size < 0x4780_0000) {
      int rebiased = size - 0x3800_0000;
      // A carry out of the fraction moves on to the exponent, up to infinity: that is rounding.
      return (short) (sign | ((rebiased + 0xfff + (rebiased >>> 13 & 1)) >>> 13));
    }
    boolean number = size <= 0x7f80_0000;
    return (short) (sign | (number ? INFINITE : INFINITE | 0x200 | (size >>> 13 & 0x3ff)));
  }

  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int size = half & 0x7fff;
    if (size >= INFINITE) {
      return Float.intBitsToFloat(sign | 0x7f80_0000 | (size & 0x3ff) << 13);
    }
    // Read as a float its exponent is 112 too small, for subnormal halves as well.
    float value = Float.intBitsToFloat(size << 13) * 0x1p112f;
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(value));
  }
}
