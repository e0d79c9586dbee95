package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * A tensor's floats as bits, a stretch at a time that stays in the nearest cache: an array lets the
 * compiler use wide registers where a view of a buffer does not. Stretches are short since each
 * pass makes a new array: of a small tensor, a long one would be a good part of its time. Not
 * thread-safe.
 */
final class Blocks {
  static final int LENGTH = 1 << 11;

  private final IntBuffer source;
  private final int[] bits;
  private int count;
  private int at;

  Blocks(ByteBuffer floats) {
    this.source = floats.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    this.bits = new int[Math.min(LENGTH, source.remaining())];
  }

  /** Goes to the next stretch; false at the end. */
  boolean next() {
    at += count;
    count = Math.min(bits.length, source.remaining());
    source.get(bits, 0, count);
    return count > 0;
  }

  /** The stretch; not a copy, and only its beginning at the end of the tensor. */
  int[] bits() {
    return bits;
  }

  /** How many values it has. */
  int count() {
    return count;
  }

  /** Which value of the tensor its first one is. */
  int at() {
    return at;
  }
}
