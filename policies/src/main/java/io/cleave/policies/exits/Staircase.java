package io.cleave.policies.exits;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which pick gives the most right answers in time at which rate. A way is in time up to some
 * seconds per bit and late above, so what a pick is worth only falls as the link becomes slower,
 * and the best of all picks is a staircase.
 */
final class Staircase {
  private static final double EQUAL = 1e-12; // shares that differ by less are the same
  private static final double CAUTION = 0.25; // share of estimates that may prove too high

  private final Observation seen;
  private final int node;
  private final double ratio;
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
   * @param seconds mean latency
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
    this.ratio = cautious(seen.server(node).link().upError());
  }

  /** What is left of an estimated rate if it was too high, as it may well be. */
  private static double cautious(RateError error) {
    return Math.min(1, error.ratios().get((int) (CAUTION * (error.ratios().size() - 1))));
  }

  /**
   * A pick whose frames are in time at all exits up to one, while the link is not slower than this.
   *
   * @param place of the last exit that is in time; -1 for none
   * @param x seconds per bit
   */
  void add(int place, Choice choice, CostLine<Pick> mean, double x) {
    double right = place < 0 ? 0 : choice.rightUntil(place);
    double estimated = x == Double.POSITIVE_INFINITY ? x : x * ratio;
    if (estimated > 0) {
      steps.add(new Step(right, estimated, mean));
    }
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
