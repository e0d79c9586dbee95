package io.cleave.policies.tiling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Whole places in proportion to shares: everybody gets the whole part of the quota, and what is
 * left goes one by one to the largest remainders; of equal ones the first.
 *
 * <p>Source: the method of Hamilton (1792). <b>Complexity:</b> O(n log n). <b>Assumes</b> nothing;
 * who has a small share may get no place.
 */
final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * @param weights finite, at least 0 and not all 0
   * @param total places to give, at least 1
   * @return a figure for each weight; together they are the total
   */
  static long[] split(double[] weights, long total) {
    double sum = Arrays.stream(weights).sum();
    boolean sound = Arrays.stream(weights).allMatch(weight -> weight >= 0);
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
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -remainders[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; given < total; i++, given++) {
      places[order[i % order.length]]++;
    }
    return places;
  }
}
