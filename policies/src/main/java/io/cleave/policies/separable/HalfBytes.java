package io.cleave.policies.separable;

import java.io.ByteArrayOutputStream;

/** Bytes that are written four bits at a time behind a first byte, the higher ones first. */
final class HalfBytes {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int half;
  private boolean pending;

  HalfBytes(byte first) {
    content.write(first);
  }

  /**
   * @param bits 0 to 15
   */
  void add(int bits) {
    if (pending) {
      content.write(half << 4 | bits);
    } else {
      half = bits;
    }
    pending = !pending;
  }

  /** How many there are, a last half one counted in full. */
  int bytes() {
    return content.size() + (pending ? 1 : 0);
  }

  /** All, a last half byte filled up with 0. Nothing may be added afterwards. */
  byte[] content() {
    if (pending) {
      add(0);
    }
    return content.toByteArray();
  }
}
