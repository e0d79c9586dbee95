package io.cleave.policies.partition;

import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lower envelope of cost lines a + b x over x in [0, infinity): which plan is best at which
 * seconds per bit. Of equal lines the one added first stays.
 *
 * <p>Complexity: O(n log n) for n lines, by the monotone stack of the convex hull trick.
 */
final class LowerEnvelope {
  private static final double GUARD = 1e-12; // relative gain below which a line is not worth having
  private final List<PlanTable.Entry> lines = new ArrayList<>();

  void add(PlanTable.Entry line) {
    if (line.fixedSeconds() < Double.POSITIVE_INFINITY) {
      lines.add(line);
    }
  }

  /** The lines of the envelope, steepest first, and where each gives way to the next. */
  PlanTable table() {
    lines.sort(
        Comparator.comparingDouble(PlanTable.Entry::uplinkBits)
            .reversed()
            .thenComparingDouble(PlanTable.Entry::fixedSeconds));
    List<PlanTable.Entry> hull = new ArrayList<>();
    List<Double> from = new ArrayList<>(); // where each line of the hull takes over
    for (PlanTable.Entry line : lines) {
      if (!hull.isEmpty() && last(hull).uplinkBits() == line.uplinkBits()) {
        continue;
      }
      while (!hull.isEmpty() && crossing(last(hull), line) <= last(from)) {
        hull.remove(hull.size() - 1);
        from.remove(from.size() - 1);
      }
      from.add(hull.isEmpty() ? 0 : crossing(last(hull), line));
      hull.add(line);
    }
    return PlanTable.of(hull, from.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
  }

  /** Where the flatter line becomes as good; at or below 0 if it always is. */
  static double crossing(PlanTable.Entry steep, PlanTable.Entry flat) {
    double gain = flat.fixedSeconds() - steep.fixedSeconds();
    return gain <= GUARD * steep.fixedSeconds()
        ? 0
        : gain / (steep.uplinkBits() - flat.uplinkBits());
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
