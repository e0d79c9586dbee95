package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Tries every cut between two layers and takes the cheapest: device before, server behind.
 *
 * <p>Source: Kang et al., "Neurosurgeon: Collaborative Intelligence Between the Cloud and Mobile
 * Edge", ASPLOS 2017, doi 10.1145/3037697.3037698: per-layer times, one scan over all cuts for
 * latency or for the mobile's energy.
 *
 * <p>Complexity: O(servers x layers) after O(tensors x span) for what crosses each cut; span is how
 * far apart a tensor's producer and last reader are.
 *
 * <p>Assumes: additive layer times but for one start a run; one frame in flight; rates that hold.
 *
 * <p>Differs: (1) layer times come from the observation's profile, not from regressions by layer
 * type; (2) a network that is no chain is cut in its topological order and all tensors that cross
 * are sent, each once, which is how DADS runs Neurosurgeon as a baseline: cuts through parallel
 * branches are missed; (3) staying local sends nothing, and round trip, queue and the answer's way
 * back are priced; (4) of several servers the best is taken; (5) ties (a relative 1e-12) go to
 * local, then to the server with the lower number, then to the earlier cut; (6) the server's
 * seconds may be what counts, too, of which staying local takes none.
 */
public final class ChainSplit implements Planner {
  private final Objective objective;

  public ChainSplit(Objective objective) {
    this.objective = objective;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Aim aim = new Aim(objective, Limits.NONE);
    Route route =
        SingleCut.best(observation, node -> new InferenceLegs(observation, node), aim)
            .route(aim, true);
    return PlanTable.constant(CostModel.entry(route.plan(), observation));
  }
}
