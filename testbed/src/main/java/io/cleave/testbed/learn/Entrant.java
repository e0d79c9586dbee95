package io.cleave.testbed.learn;

import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.Targeting;

/**
 * Who is judged.
 *
 * @param targeting how it is chosen who helps whom
 */
record Entrant(PlannerSpec planner, Targeting targeting) {
  @Override
  public String toString() {
    return targeting == Targeting.EACH ? planner.toString() : planner + ", " + targeting.id();
  }
}
