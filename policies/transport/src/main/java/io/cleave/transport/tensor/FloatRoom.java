package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * The memory of a tensor's floats, filled from its form; a stretch at a time, as {@link Blocks} are
 * read. Filled once.
 */
final class FloatRoom {
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final float[] block;

  FloatRoom(int valueBytes) {
    this.bytes = ByteBuffer.allocate(valueBytes).order(ByteOrder.LITTLE_ENDIAN);
    this.floats = bytes.asFloatBuffer();
    this.block = new float[Math.min(Blocks.LENGTH, floats.limit())];
  }

  /** How many floats there are. */
  int count() {
    return floats.limit();
  }

  ByteBuffer filled() {
    return bytes;
  }

  /** From as many halves. */
  void halves(ByteBuffer form) {
    ShortBuffer source = form.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] halves = new short[block.length];
    while (floats.hasRemaining()) {
      int size = Math.min(block.length, floats.remaining());
      source.get(halves, 0, size);
      for (int i = 0; i < size; i++) {
        block[i] = Float16.toFloat(halves[i]);
      }
      floats.put(block, 0, size);
    }
  }

  /** From as many steps, a byte each. */
  void steps(ByteBuffer form, AffineSteps steps) {
    float[] values = steps.values();
    byte[] stored = new byte[block.length];
    while (floats.hasRemaining()) {
      int size = Math.min(block.length, floats.remaining());
      form.get(stored, 0, size);
      look(values, stored, 0, size);
      floats.put(block, 0, size);
    }
  }

  /** The same, each channel with values of its own. */
  void steps(ByteBuffer form, Channels channels, float[][] values) {
    byte[] stored = new byte[block.length];
    while (floats.hasRemaining()) {
      int at = floats.position();
      int end = at + Math.min(block.length, floats.remaining());
      form.get(stored, 0, end - at);
      for (int from = at; from < end; from = channels.end(from, end)) {
        look(values[channels.of(from)], stored, from - at, channels.end(from, end) - at);
      }
      floats.put(block, 0, end - at);
    }
  }

  private void look(float[] values, byte[] stored, int from, int to) {
    for (int i = from; i < to; i++) {
      block[i] = values[stored[i] & 0xff];
    }
  }

  /** From steps, two a byte. */
  void pairs(ByteBuffer form, AffineSteps steps) {
    float[] values = steps.values();
    byte[] stored = new byte[block.length / 2];
    while (floats.remaining() > 1) {
      int pairs = Math.min(stored.length, floats.remaining() / 2);
      form.get(stored, 0, pairs);
      for (int i = 0; i < pairs; i++) {
        block[2 * i] = values[(stored[i] >> 4) & 0xf];
        block[2 * i + 1] = values[stored[i] & 0xf];
      }
      floats.put(block, 0, 2 * pairs);
    }
    if (floats.hasRemaining()) {
      floats.put(values[(form.get() >> 4) & 0xf]);
    }
  }

  /** From steps less the zero point, modulo 16. */
  void relative(byte[] stored, AffineSteps steps) {
    float[] values = steps.values();
    float[] relative = new float[StepRange.FOUR_BITS.most() + 1];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = values[(i + steps.zeroPoint()) & StepRange.FOUR_BITS.most()];
    }
    for (int at = 0; at < stored.length; at += block.length) {
      int size = Math.min(block.length, stored.length - at);
      for (int i = 0; i < size; i++) {
        block[i] = relative[stored[at + i]];
      }
      floats.put(block, 0, size);
    }
  }
}
