package io.cleave.transport.tensor;

/**
 * IEEE half precision: 11 significant bits, so a relative error of at most 2^-11 between 6.1e-5 and
 * 65504, and an absolute one of 2^-25 below. Rounds to nearest, ties to even; from 65520 on a value
 * becomes infinite; what is not a number stays so.
 */
final class Float16 {
  private static final int INFINITE = 0x7c00;
  private static final int QUIET_NAN = 0x7e00;

  private Float16() {}

  static short of(float value) {
    return (short) half(Float.floatToRawIntBits(value));
  }

  /**
   * Rounds some values, by their bits.
   *
   * @return false if a finite one became infinite
   */
  static boolean store(int[] bits, int count, short[] halves) {
    int lost = 0;
    for (int i = 0; i < count; i++) {
      int half = half(bits[i]);
      halves[i] = (short) half;
      // Negative for an infinite half that was none: both differences are.
      lost |= (((half & 0x7fff) ^ INFINITE) - 1) & ((bits[i] & 0x7fff_ffff) - 0x7f80_0000);
    }
    return lost >= 0;
  }

  /**
   * Without branches, which random values would mislead: a float is scaled beyond the largest half
   * and back, so that what is too large becomes infinite, and is then added to a power of two
   * beside which its last bit is worth a half's, so that the addition rounds. The power is at least
   * that of the smallest normal half. (The way of M. Dukhan's FP16 library.)
   */
  private static int half(int bits) {
    int size = bits & 0x7fff_ffff;
    float scaled = Float.intBitsToFloat(size) * 0x1p112f * 0x1p-110f;
    int power = Math.max(size & 0x7f80_0000, 0x3880_0000) + 0x0780_0000;
    int sum = Float.floatToRawIntBits(Float.intBitsToFloat(power) + scaled);
    int rounded = ((sum >>> 13) & INFINITE) + (sum & 0xfff);
    return ((bits >>> 16) & 0x8000) | (size > 0x7f80_0000 ? QUIET_NAN : rounded);
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
