package io.cleave.transport.tensor;

import java.util.List;

/**
 * How a tensor's values are divided among scales: along axis 1, or not at all.
 *
 * @param count of channels; 1: all values are one
 * @param stretch how many neighbouring values are of the same channel
 */
record Channels(int count, int stretch) {
  /** What a scale and its zero point take before the values. */
  static final int BYTES = Float.BYTES + 1;

  /** With fewer values a channel, scales would be a good part of what is sent. */
  private static final int FEWEST_VALUES = 16;

  /** The division that serves a tensor. */
  static Channels of(TensorValue value) {
    List<Long> shape = value.shape();
    int count = shape.size() < 2 ? 1 : (int) Math.max(1, Math.min(shape.get(1), value.elements()));
    return value.elements() < (long) FEWEST_VALUES * count
        ? new Channels(1, Integer.MAX_VALUE)
        : of(shape, count);
  }

  /** The division that a head tells of: as many as axis 1 is long, or 1. */
  static Channels of(List<Long> shape, int count) {
    if (count == 1) {
      return new Channels(1, Integer.MAX_VALUE);
    }
    long stretch = shape.stream().skip(2).reduce(1L, (a, b) -> a * b);
    return new Channels(count, (int) Math.max(1, stretch));
  }

  /** Of which channel a value is, by its place in the tensor. */
  int of(int place) {
    return place / stretch % count;
  }

  /** Where the values of one channel that this one is among end, but not beyond a place. */
  int end(int place, int most) {
    return (int) Math.min(most, ((long) (place / stretch) + 1) * stretch);
  }
}
