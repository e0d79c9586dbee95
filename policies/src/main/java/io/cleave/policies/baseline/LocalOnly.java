package io.cleave.policies.baseline;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Runs everything on the device.
 *
 * <p>Source: the "device-only" or "edge-only" baseline of every paper of the field.
 *
 * <p>Complexity: O(layers).
 *
 * <p>Assumes: nothing; the network plays no part.
 *
 * <p>Differs: in nothing.
 */
public final class LocalOnly implements Planner {
  @Override
  public PlanTable plan(Observation observation) {
    return PlanTable.constant(CostModel.entry(Plan.local(observation.graph()), observation));
  }
}
