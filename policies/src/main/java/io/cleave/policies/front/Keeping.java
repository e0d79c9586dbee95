package io.cleave.policies.front;

import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a plan's costs keep what the device demands. */
public final class Keeping {
  private Keeping() {}

  /** True if all bounds are kept. */
  public static boolean keeps(Costs costs, Observation seen) {
    return overrun(costs, seen) <= 0;
  }

  /**
   * By how much the worst bound is overrun, as a share of it (points by the point); 0 or less if
   * all are kept.
   */
  static double overrun(Costs costs, Observation seen) {
    Bounds bounds = seen.demand().bounds();
    double points = bounds.lossPoints();
    double late = share(costs.seconds(), bounds.seconds());
    double wrong = points == Double.POSITIVE_INFINITY ? -1 : costs.lossPoints() - points;
    double hungry = share(costs.watts(seen), bounds.watts());
    return Math.max(Math.max(late, wrong), hungry);
  }

  private static double share(double value, double bound) {
    return bound == Double.POSITIVE_INFINITY ? -1 : value / bound - 1;
  }

  /** What is overrun and by what, for people; empty if nothing is. */
  public static String broken(Costs costs, Observation seen) {
    Bounds bounds = seen.demand().bounds();
    List<String> broken = new ArrayList<>();
    if (costs.seconds() > bounds.seconds()) {
      broken.add(text("%.4g s instead of %.4g s", costs.seconds(), bounds.seconds()));
    }
    if (costs.lossPoints() > bounds.lossPoints()) {
      broken.add(text("%.3g points lost instead of %.3g", costs.lossPoints(), bounds.lossPoints()));
    }
    if (costs.watts(seen) > bounds.watts()) {
      broken.add(text("%.4g W instead of %.4g W", costs.watts(seen), bounds.watts()));
    }
    return String.join(", ", broken);
  }

  private static String text(String format, double value, double bound) {
    return String.format(Locale.ROOT, format, value, bound);
  }
}
