package io.cleave.policies.exits;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Networks with exits are one planner's, those without another's.
 *
 * @param without plans networks without exits
 * @param with plans those with exits, and knows them
 */
public record ByExits(Planner without, Planner with) implements Planner {
  public ByExits {
    if (!with.knowsExits()) {
      throw new IllegalArgumentException(
          "Who plans networks with exits must know exits. Maybe the two were taken for each other.");
    }
  }

  @Override
  public PlanTable plan(Observation observation) {
    return (observation.exits().isEmpty() ? without : with).plan(observation);
  }

  @Override
  public boolean knowsExits() {
    return true;
  }
}
