package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;

/** The best cut towards one server for every uplink rate at once. */
public final class ExactTable {
  private ExactTable() {}

  /**
   * All best plans and the rates at which they change, from the fastest link to local.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}, at least 1
   */
  public static PlanTable of(Observation observation, int node) {
    PartitionProblem problem = PartitionProblem.of(observation, node);
    LowerEnvelope envelope = new LowerEnvelope();
    for (int end = 1; end <= problem.skeleton.sink; end++) {
      envelope.add(problem.entry(io.cleave.policies.graph.LayerSet.range(0, end)));
    }
    return envelope.table();
  }
}
