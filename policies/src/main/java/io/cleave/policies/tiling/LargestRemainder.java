package io.cleave.policies.tiling;

import java.util.Arrays;

/**
 * Whole places in proportion to shares: everybody gets the whole part of the quota, and what is
 * left goes one by one to the largest remainders; of equal ones the first.
 *
 * <p>Source: the method of Hamilton (1792). <b>Complexity:</b> O(n^2), of few weights.
 * <b>Assumes</b> nothing; who has a small share may get no place.
 */
final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * @param weights finite, at least 0 and not all 0
   * @param total places to give, at least 1
   * @return a figure for each weight; together they are the total
   */
  static long[] split(double[] weights, long total) {
    double sum = Sum.of(weights, 0, weights.length);
    boolean sound = true;
    for (double weight : weights) {
      sound &= weight >= 0;
    }
    if (!sound || !(sum > 0) || Double.isInfinite(sum) || total < 1) {
      throw new IllegalArgumentException(
          "Weights must be finite, at least 0 and not all 0, and places at least 1, not %s and %d."
              .formatted(Arrays.toString(weights), total));
    }
    long[] places = new long[weights.length];
    double[] remainders = new double[weights.length];
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      double quota = total * (weights[i] / sum);
      places[i] = (long) quota;
      remainders[i] = quota - places[i];
      given += places[i];
    }
    if (given < total) {
      int[] order = falling(remainders);
      for (int i = 0; given < total; i++, given++) {
        places[order[i % order.length]]++;
      }
    }
    return places;
  }

  /** Places of figures, the largest first; of equal ones the first. By insertion: they are few. */
  private static int[] falling(double[] figures) {
    int[] order = new int[figures.length];
    for (int i = 0; i < order.length; i++) {
      int at = i;
      for (; at > 0 && figures[order[at - 1]] < figures[i]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = i;
    }
    return order;
  }
}
