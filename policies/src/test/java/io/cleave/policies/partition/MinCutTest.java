package io.cleave.policies.partition;

import io.cleave.policies.plan.Planner;

class MinCutTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new MinCut();
  }
}
