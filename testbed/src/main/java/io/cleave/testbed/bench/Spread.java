package io.cleave.testbed.bench;

import java.util.Arrays;

/** Many measurements of one thing, as quantiles. */
public final class Spread {
  private double[] sorted = {};

  public void add(double value) {
    sorted = Arrays.copyOf(sorted, sorted.length + 1);
    sorted[sorted.length - 1] = value;
    Arrays.sort(sorted);
  }

  public int count() {
    return sorted.length;
  }

  /**
   * The smallest value that at least this share of all do not exceed.
   *
   * @param share 0 to 1; 0 is the least value, 1 the largest
   */
  public double quantile(double share) {
    if (sorted.length == 0) {
      throw new IllegalStateException("There is no quantile of nothing.");
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  /** The share of all that lie between two values. */
  public double within(double least, double most) {
    long inside = Arrays.stream(sorted).filter(value -> value >= least && value <= most).count();
    return inside / (double) sorted.length;
  }
}
