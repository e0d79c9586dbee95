package io.cleave.policies.partition;

import io.cleave.policies.plan.PlanTable;

/**
 * Keeps the cheapest plan offered. A later plan wins only if it is cheaper by more than a relative
 * 1e-12, so ties go to the one offered first; what is not a number never wins.
 */
final class Contest {
  private PlanTable.Entry winner;
  private double seconds;

  /** Begins with the plan to beat, whose cost must be finite. */
  Contest(PlanTable.Entry first, double seconds) {
    if (!(Math.abs(seconds) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The first plan's cost must be finite, not %s s.".formatted(seconds));
    }
    this.winner = first;
    this.seconds = seconds;
  }

  void offer(PlanTable.Entry entry, double offered) {
    if (offered < seconds - BlockSearch.GUARD * seconds) {
      winner = entry;
      seconds = offered;
    }
  }

  PlanTable.Entry winner() {
    return winner;
  }
}
