package io.cleave.testbed.experiment;

import java.util.Arrays;

/** Numbers that were all kept, so that what is said of them is exact. Grows as needed. */
public final class Sample {
  private double[] values = new double[64];
  private int size;
  private boolean sorted;

  /** Keeps a value; not NaN. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("A sample takes numbers, not NaN.");
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
    sorted = false;
  }

  public int size() {
    return size;
  }

  /** NaN if nothing was kept. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return sum / size;
  }

  /** Sample standard deviation, by n - 1; NaN below two values. */
  public double deviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (values[i] - mean) * (values[i] - mean);
    }
    return size < 2 ? Double.NaN : Math.sqrt(sum / (size - 1));
  }

  /**
   * The smallest value that at least this share of the values does not exceed (nearest rank).
   *
   * @param share 0 to 1
   * @return NaN if nothing was kept
   */
  public double percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A percentile's share must be from 0 to 1, not %s.".formatted(share));
    }
    if (size == 0) {
      return Double.NaN;
    }
    if (!sorted) {
      Arrays.sort(values, 0, size);
      sorted = true;
    }
    // 0.95 * 20 is 19.000000000000004 in doubles: without the slack it would name the 20th value.
    int rank = (int) Math.ceil(share * size - 1e-9);
    return values[Math.max(0, rank - 1)];
  }
}
