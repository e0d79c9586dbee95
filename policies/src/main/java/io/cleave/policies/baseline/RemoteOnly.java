package io.cleave.policies.baseline;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Sends the raw input to the server that is predicted to answer first and runs everything there.
 *
 * <p>Source: the "cloud-only" baseline of every paper of the field.
 *
 * <p>Complexity: O(servers x layers).
 *
 * <p>Assumes: the observed rates hold until the next decision.
 *
 * <p>Differs: (1) of several servers it takes the best, where the papers know one; of equal ones
 * the first. During an outage of all links it takes the server that would be best without the
 * uplink. (2) It is the one planner that never stays local: that is what it is a baseline for.
 */
public final class RemoteOnly implements Planner {
  @Override
  public PlanTable plan(Observation observation) {
    LayerSet input = LayerSet.of(0);
    PlanTable.Entry best = entry(observation, input, 1);
    double bestSeconds = best.seconds(observation.server(1).link().up());
    for (int node = 2; node <= observation.servers().size(); node++) {
      PlanTable.Entry entry = entry(observation, input, node);
      double seconds = entry.seconds(observation.server(node).link().up());
      boolean unreachable = seconds == Double.POSITIVE_INFINITY && bestSeconds == seconds;
      if (seconds < bestSeconds || (unreachable && entry.fixedSeconds() < best.fixedSeconds())) {
        best = entry;
        bestSeconds = seconds;
      }
    }
    return PlanTable.constant(best);
  }

  private static PlanTable.Entry entry(Observation observation, LayerSet input, int node) {
    return CostModel.entry(Plan.split(observation.graph(), input, node), observation);
  }
}
