package io.cleave.traces;

import java.nio.file.Path;
import java.util.Arrays;

/** One direction while it is read: steps one after the other, from time 0. */
final class Steps {
  private double[] ends = new double[64]; // [size] s
  private double[] rates = new double[64]; // [size] bit/s
  private int size;

  /** Adds a step that ends at a time; nothing if that time is already reached. */
  void until(double seconds, double bitsPerSecond) {
    if (seconds <= seconds()) {
      return;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      rates = Arrays.copyOf(rates, size * 2);
    }
    ends[size] = seconds;
    rates[size++] = bitsPerSecond;
  }

  void lasting(double seconds, double bitsPerSecond) {
    until(seconds() + seconds, bitsPerSecond);
  }

  /** Adds another direction's steps after these. */
  void append(Steps later) {
    double offset = seconds();
    for (int i = 0; i < later.size; i++) {
      until(offset + later.ends[i], later.rates[i]);
    }
  }

  int size() {
    return size;
  }

  /** Where the next step begins. */
  double seconds() {
    return size == 0 ? 0 : ends[size - 1];
  }

  /**
   * The finished direction.
   *
   * @param file for the complaint if there is nothing to replay
   */
  Capacity capacity(Path file) {
    if (size == 0) {
      throw new TraceFormatException(file, "holds no interval with a rate.");
    }
    double[] starts = new double[size + 1];
    System.arraycopy(ends, 0, starts, 1, size);
    double[] used = Arrays.copyOf(rates, size);
    if (Arrays.stream(used).allMatch(rate -> rate == 0)) {
      throw new TraceFormatException(
          file, "carries nothing from start to end: a transfer would never finish.");
    }
    return new Capacity(starts, used);
  }
}
