package io.cleave.policies.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lower envelope of cost lines over x in [0, infinity): which cut is best at which seconds per
 * bit. Of equal lines the first stays.
 *
 * <p>Complexity: O(n log n) for n lines, a monotone stack over lines sorted by slope.
 */
final class LowerEnvelope {
  private static final Comparator<CostLine> STEEPEST_FIRST =
      Comparator.comparingDouble(CostLine::bits).reversed().thenComparingDouble(CostLine::fixed);

  private LowerEnvelope() {}

  /** The lines that are best somewhere, steepest first; infinite ones never are. */
  static List<CostLine> of(List<CostLine> lines) {
    List<CostLine> sorted = new ArrayList<>(lines);
    sorted.removeIf(line -> !(line.fixed() < Double.POSITIVE_INFINITY));
    sorted.sort(STEEPEST_FIRST);
    List<CostLine> hull = new ArrayList<>();
    for (CostLine line : sorted) {
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
  private static double begin(List<CostLine> hull) {
    return hull.size() < 2 ? 0 : last(hull, 2).crossing(last(hull, 1));
  }

  private static CostLine last(List<CostLine> hull, int fromEnd) {
    return hull.get(hull.size() - fromEnd);
  }
}
