package io.cleave.policies.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lower envelope of cost lines over x in [0, infinity): what is best at which seconds per bit.
 * Of equal lines the first stays.
 *
 * <p>Complexity: O(n log n) for n lines, a monotone stack over lines sorted by slope.
 */
public final class LowerEnvelope {
  private static final Comparator<CostLine<?>> STEEPEST_FIRST =
      Comparator.<CostLine<?>>comparingDouble(CostLine::bits)
          .reversed()
          .thenComparingDouble(CostLine::fixed);

  private LowerEnvelope() {}

  /** The lines that are best somewhere, steepest first; infinite ones never are. */
  public static <T> List<CostLine<T>> of(List<CostLine<T>> lines) {
    List<CostLine<T>> sorted = new ArrayList<>(lines);
    sorted.removeIf(line -> !(line.fixed() < Double.POSITIVE_INFINITY));
    sorted.sort(STEEPEST_FIRST);
    List<CostLine<T>> hull = new ArrayList<>();
    for (CostLine<T> line : sorted) {
      if (!hull.isEmpty() && last(hull, 1).bits() == line.bits()) {
        continue;
      }
      while (!hull.isEmpty() && last(hull, 1).crossing(line) <= begin(hull)) {
        hull.remove(hull.size() - 1);
      }
      hull.add(line);
    }
    return hull;
  }

  /** Where the last line takes over from the one before. */
  private static <T> double begin(List<CostLine<T>> hull) {
    return hull.size() < 2 ? 0 : last(hull, 2).crossing(last(hull, 1));
  }

  private static <T> CostLine<T> last(List<CostLine<T>> hull, int fromEnd) {
    return hull.get(hull.size() - fromEnd);
  }
}
