package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;

/**
 * Finds the best way through the layers when a frame may change sides any number of times: a
 * shortest path over blocks of layers, on device or server, with an upload or a download between.
 * Under limits on the battery, the server's load or the time it is a constrained shortest path.
 *
 * <p>Source: Eshratifar, Abrishami, Pedram, "JointDNN: An Efficient Training and Inference Engine
 * for Intelligent Mobile Cloud Computing Services", arXiv 1801.08618 (IEEE TMC 2021): layer
 * granularity, battery, load and quality of service as constraints (read in the abstract); shortest
 * path and integer programme are from memory. Label setting: Joksch, "The shortest route problem
 * with constraints", J. Math. Anal. Appl. 14, 1966.
 *
 * <p>Complexity: O(servers x layers x (layers + reads)) time without limits. The problem with
 * limits is NP-hard: at most 64 labels are kept at a block's end on either side, so that the time
 * is at most 128 times as long, and {@link Route#proven} says whether any was left out for that;
 * never with nine layers or fewer. Labels go before that if another covers them in all that counts,
 * or if no rest, by each figure or by Lagrangian prices, keeps the limits and beats the best way
 * known.
 *
 * <p>Assumes: a block takes the sum of its layers plus one start, on either side; one frame in
 * flight; rates that hold. Exact, as far as proven, for chains whose only answer is the last
 * tensor.
 *
 * <p>Differs: (1) labels are set in the order of the layers, which without limits is the dynamic
 * programme and with them the optimum of the integer programme; (2) a network that is no chain is
 * taken in its topological order and every tensor that a block needs and its side does not hold is
 * moved; what a side holds depends on the way so far, and is not compared among ways to a block's
 * end, so the result may miss the best switching there, but is never worse than the best single
 * cut, which is tried too; (3) the answer's way back is priced; (4) if no way keeps the limits, the
 * one is taken that exceeds them by the least share, {@link Route.Nearest}; (5) of several servers
 * the best is taken, servers are not mixed; (6) ties (a relative 1e-12) go to local, then to the
 * single cut, then to the server with the lower number. Training is {@link TrainingPath}.
 */
public final class SwitchingPath implements Planner {
  private final Aim aim;

  public SwitchingPath(Objective objective) {
    this(objective, Limits.NONE);
  }

  public SwitchingPath(Objective objective, Limits limits) {
    this.aim = new Aim(objective, limits);
  }

  @Override
  public PlanTable plan(Observation observation) {
    return PlanTable.constant(CostModel.entry(route(observation).plan(), observation));
  }

  /** The same with what it takes, and whether it keeps the limits. */
  public Route route(Observation observation) {
    return RouteSearch.best(observation, node -> new InferenceLegs(observation, node), aim);
  }
}
