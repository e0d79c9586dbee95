package io.cleave.transport.tensor;

/**
 * From the least to the greatest of some values and 0.
 *
 * @param least at most 0
 * @param most at least 0
 */
record ValueSpan(float least, float most) {
  /** Of nothing but 0. */
  static final ValueSpan ZERO = new ValueSpan(0, 0);

  /**
   * The same with some values more. As whole numbers, bits of floats are in the order of the floats
   * once those below 0 are turned round: two passes of a machine's widest registers, no branches.
   *
   * @param bits of floats
   * @return a span that is not {@link #finite} if a value is infinite or not a number
   */
  ValueSpan with(int[] bits, int from, int to) {
    int low = ordered(Float.floatToRawIntBits(least));
    int high = ordered(Float.floatToRawIntBits(most));
    for (int i = from; i < to; i++) {
      int key = bits[i] ^ ((bits[i] >> 31) & 0x7fff_ffff);
      low = Math.min(low, key);
      high = Math.max(high, key);
    }
    return new ValueSpan(Float.intBitsToFloat(ordered(low)), Float.intBitsToFloat(ordered(high)));
  }

  /** Its own inverse. */
  private static int ordered(int bits) {
    return bits ^ ((bits >> 31) & 0x7fff_ffff);
  }

  boolean finite() {
    return Float.isFinite(least) && Float.isFinite(most);
  }

  /** So large a part of it, on both sides of 0. */
  ValueSpan part(double share) {
    return new ValueSpan((float) (share * least), (float) (share * most));
  }
}
