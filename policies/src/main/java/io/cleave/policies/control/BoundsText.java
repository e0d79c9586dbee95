package io.cleave.policies.control;

import io.cleave.policies.cost.Costs;
import io.cleave.policies.front.Keeping;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;

/** What a decision says about the bounds that a device demands. */
final class BoundsText {
  private BoundsText() {}

  /** That the planner's plan, the nearest there is, breaks a bound; nothing if it breaks none. */
  static String of(Plan planned, Observation seen) {
    if (seen.demand().bounds().equals(Bounds.NONE)) {
      return "";
    }
    String broken = Keeping.broken(Costs.of(planned, seen), seen);
    return broken.isEmpty()
        ? ""
        : "; no plan keeps the bounds, the nearest takes %s".formatted(broken);
  }

  /** True if one plan keeps bounds that the other breaks. */
  static boolean rescues(Plan after, Plan before, Observation seen) {
    return !seen.demand().bounds().equals(Bounds.NONE)
        && !Keeping.keeps(Costs.of(before, seen), seen)
        && Keeping.keeps(Costs.of(after, seen), seen);
  }
}
