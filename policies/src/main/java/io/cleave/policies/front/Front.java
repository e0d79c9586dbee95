package io.cleave.policies.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The members of a list that no other one dominates: is at most as dear in everything and cheaper
 * in something.
 *
 * <p>Source: the set that Pareto calls efficient; found by sorting, so that whoever dominates a
 * member comes before it and each is compared with those kept so far (Kung, Luccio and Preparata,
 * J. ACM 22(4), 1975, have the same first step and a better bound).
 *
 * <p>Complexity: O(n log n + n f) comparisons for n members of which f are kept.
 */
public final class Front {
  private Front() {}

  /**
   * Those that nobody dominates, the cheapest in the first cost first, then in the second, and so
   * on. Of several that cost the same in everything the first is kept.
   *
   * @param costs of a member, less is better, as many for each; not NaN
   * @throws IllegalArgumentException if a cost is NaN
   */
  public static <T> List<T> of(List<T> members, Function<T, double[]> costs) {
    List<double[]> all = members.stream().map(costs).toList();
    for (int i = 0; i < all.size(); i++) {
      if (Arrays.stream(all.get(i)).anyMatch(Double::isNaN)) {
        throw new IllegalArgumentException(
            "%s has costs %s, of which one is no number."
                .formatted(members.get(i), Arrays.toString(all.get(i))));
      }
    }
    List<Integer> kept = new ArrayList<>();
    IntStream.range(0, all.size())
        .boxed()
        .sorted(Comparator.comparing(all::get, Arrays::compare))
        .filter(place -> kept.stream().noneMatch(k -> covers(all.get(k), all.get(place))))
        .forEach(kept::add);
    return kept.stream().map(members::get).toList();
  }

  /** True if nothing costs more. */
  public static boolean covers(double[] costs, double[] others) {
    for (int i = 0; i < costs.length; i++) {
      if (costs[i] > others[i]) {
        return false;
      }
    }
    return true;
  }
}
