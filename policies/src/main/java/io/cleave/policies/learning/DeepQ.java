package io.cleave.policies.learning;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Takes the action of most value out of a few that are the same for every network, as planners by
 * deep reinforcement learning commonly do; to be compared with.
 *
 * <p>Source: Mnih et al., "Human-level control through deep reinforcement learning", Nature 518,
 * 2015, for states and actions of our own: see {@link FixedActions} and docs/methods/dqn.md.
 *
 * <p>Complexity: one pass of a small network and the cost of five plans.
 *
 * <p>Assumes: what it was trained on. Decides for the reported rate, without a hedge and without a
 * guard: what it has learned is all that it has. Owned by one thread.
 */
public final class DeepQ implements Planner {
  private final QNetwork network;
  private final FixedActions actions = new FixedActions();

  public DeepQ(QNetwork network) {
    this.network = network;
  }

  @Override
  public PlanTable plan(Observation observation) {
    actions.see(observation);
    if (actions.aloneSeconds() == 0) { // nothing to be a share of, and nothing to gain
      return PlanTable.constant(CostModel.entry(Plan.local(observation.graph()), observation));
    }
    double[] secondsPerBit =
        observation.servers().stream()
            .mapToDouble(server -> server.link().up().secondsPerBit())
            .toArray();
    return PlanTable.constant(actions.entry(network.best(actions.moment(secondsPerBit))));
  }
}
