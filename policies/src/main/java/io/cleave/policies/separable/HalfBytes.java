package io.cleave.policies.separable;

import java.util.Arrays;

/** Bytes that are written four bits at a time behind a first byte, the higher ones first. */
final class HalfBytes {
  private final byte[] content;
  private int place = 2; // in half bytes

  /** Room for so many half bytes at most. */
  HalfBytes(byte first, int most) {
    this.content = new byte[1 + (most + 1) / 2];
    this.content[0] = first;
  }

  /**
   * @param bits 0 to 15
   */
  void add(int bits) {
    int higher = ~place & 1;
    content[place++ >> 1] |= (byte) (bits << (4 * higher));
  }

  /** How many there are, a last half one counted in full. */
  int bytes() {
    return (place + 1) / 2;
  }

  /** All, a last half byte filled up with 0. */
  byte[] content() {
    return Arrays.copyOf(content, bytes());
  }
}
