package io.cleave.policies.exits;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which pick gives the most right answers in time at which rate. What a pick is worth only falls as
 * the link becomes slower, step by step, and so does the best of all picks.
 */
final class Staircase {
  static final double EQUAL = 1e-12; // shares that differ by less are the same

  private final Observation seen;
  private final int node;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A pick that is worth so much up to so slow a link.
   *
   * @param right share of all images that is answered rightly in time
   * @param x seconds per bit of the estimate; infinite if the link plays no part
   */
  private record Step(double right, double x, CostLine<Pick> mean) {}

  /**
   * A table and what it is worth now.
   *
   * @param right share of all images that is answered rightly in time; 0 if that is no goal
   * @param seconds mean latency, or mean cost if more than time has a price
   */
  record Merit(PlanTable table, double right, double seconds) {
    /** True if it is worth more than the other. */
    boolean better(Merit other) {
      return right > other.right + EQUAL
          || (right > other.right - EQUAL && seconds < other.seconds);
    }
  }

  Staircase(Observation seen, int node) {
    this.seen = seen;
    this.node = node;
  }

  /**
   * A pick that is worth no less while the link is not slower than this.
   *
   * @param right share of all images that is answered rightly in time
   * @param x seconds per bit of the estimate
   */
  void add(double right, double x, CostLine<Pick> mean) {
    steps.add(new Step(right, x, mean));
  }

  /** The table of the best picks, and what it is worth at the observed rate. */
  Merit merit() {
    List<Step> best = best();
    double[] breakpoints = new double[best.size() - 1];
    List<PlanTable.Entry> entries = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      entries.add(CostModel.entry(best.get(i).mean().what().plan(seen), seen));
      if (i < breakpoints.length) {
        breakpoints[i] = best.get(i).x();
      }
    }
    PlanTable table = PlanTable.of(entries, breakpoints);
    Bandwidth up = seen.server(node).link().up();
    int now = table.indexAt(up.secondsPerBit());
    return new Merit(table, best.get(now).right(), entries.get(now).seconds(up));
  }

  /** From the fastest link to the slowest, each worth more than the next. */
  private List<Step> best() {
    steps.sort(
        Comparator.comparingDouble(Step::x)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Step::right).reversed())
            .thenComparingDouble(step -> cost(step)));
    List<Step> best = new ArrayList<>();
    for (Step step : steps) {
      if (best.isEmpty() || step.right() > best.get(best.size() - 1).right() + EQUAL) {
        best.add(step);
      }
    }
    Collections.reverse(best);
    return best;
  }

  /** Of picks that are worth the same the one that is faster where it is used. */
  private static double cost(Step step) {
    return step.mean().at(step.x());
  }
}
