package io.cleave.policies.partition;

import io.cleave.policies.plan.Planner;

class SmallestTensorTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new SmallestTensor();
  }

  @Override
  boolean optimalOnChains() {
    return false;
  }

  @Override
  boolean optimalOnDags() {
    return false;
  }
}
