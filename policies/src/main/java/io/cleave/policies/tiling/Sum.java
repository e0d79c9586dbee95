package io.cleave.policies.tiling;

/**
 * Sums of figures in which rounding is made good, so that shares in proportion to them come out the
 * same in any order.
 *
 * <p><b>Source:</b> Kahan's compensated summation (CACM 1965), step by step as {@link
 * java.util.stream.DoubleStream#sum()} of Java 17 does it, whose stream costs more than the sum
 * does. <b>Complexity:</b> O(n). <b>Assumes</b> figures that are finite or NaN.
 */
final class Sum {
  private Sum() {}

  /** Of the figures from one place up to another. */
  static double of(double[] figures, int from, int to) {
    double sum = 0;
    double lost = 0;
    for (int i = from; i < to; i++) {
      double figure = figures[i] - lost;
      double next = sum + figure;
      lost = next - sum - figure;
      sum = next;
    }
    return sum - lost;
  }

  /** The mean of all of them, of which there is at least one. */
  static double mean(double[] figures) {
    return of(figures, 0, figures.length) / figures.length;
  }
}
