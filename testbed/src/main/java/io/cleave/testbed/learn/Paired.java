package io.cleave.testbed.learn;

import java.util.Locale;

/**
 * A difference that was measured in pairs, in per cent, with the half width of its 95 % confidence
 * interval (normal approximation).
 */
record Paired(double mean, double halfWidth) {
  private static final double NORMAL = 1.96;

  /**
   * By how much values are above others of the same cells, each as a share of the mean of those.
   *
   * @param others of the same cells, in the same order
   */
  static Paired of(double[] values, double[] others) {
    double base = mean(others);
    double[] shares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      shares[i] = 100 * (values[i] - others[i]) / base;
    }
    double mean = mean(shares);
    double squares = 0;
    for (double share : shares) {
      squares += (share - mean) * (share - mean);
    }
    double error = Math.sqrt(squares / (shares.length - 1) / shares.length);
    return new Paired(mean, NORMAL * error);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.2f ± %.2f", mean, halfWidth);
  }
}
