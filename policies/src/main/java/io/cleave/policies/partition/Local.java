package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;

/** The plan that every planner must beat: do not split. */
final class Local {
  private Local() {}

  static PlanTable.Entry entry(Observation observation) {
    return new PlanTable.Entry(
        Plan.local(observation.graph()),
        observation.device().queueSeconds() + busy(observation),
        0);
  }

  /** Seconds for which a frame that is run locally keeps the device busy. */
  static double busy(Observation observation) {
    return observation.device().times().run(observation.graph().all());
  }
}
