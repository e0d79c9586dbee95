package io.cleave.traces;

import java.util.Arrays;

/** The middle of values: half of them are at most this. */
final class Median {
  private Median() {}

  /** Of at least one value; the upper of two middle ones. */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted);
  }

  static double ofSorted(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
