package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the cheapest way through the layers when a frame may change sides any number of times: a
 * shortest path over blocks of layers, on device or server, with an upload or a download between.
 *
 * <p>Source: Eshratifar, Abrishami, Pedram, "JointDNN: An Efficient Training and Inference Engine
 * for Intelligent Mobile Cloud Computing Services", arXiv 1801.08618 (IEEE TMC 2021): shortest path
 * at layer granularity, for latency or for the mobile's energy.
 *
 * <p>Complexity: O(servers x layers x (layers + reads)) time, O(layers x tensors) bits of memory.
 *
 * <p>Assumes: a block takes the sum of its layers plus one start, on either side; one frame in
 * flight; rates that hold. Exact for chains whose only answer is the last tensor.
 *
 * <p>Differs: (1) the path is found by dynamic programming over block ends, which is the same
 * optimum on a graph without cycles; (2) a network that is no chain is taken in its topological
 * order and every tensor that a block needs and its side does not hold is moved; what a side holds
 * depends on the way so far, and only the cheapest way to each block end is followed, so the result
 * may miss the best switching there, but is never worse than {@link ChainSplit}, which is tried
 * too; (3) the answer's way back is priced; (4) battery, load and deadline constraints, and
 * training, are left out; (5) of several servers the best is taken, servers are not mixed; (6) ties
 * (a relative 1e-12) go to local, then to the single cut, then to the server with the lower number.
 */
public final class SwitchingPath implements Planner {
  private final Objective objective;
  private final ChainSplit singleCut;

  public SwitchingPath(Objective objective) {
    this.objective = objective;
    this.singleCut = new ChainSplit(objective);
  }

  @Override
  public PlanTable plan(Observation observation) {
    Plan best = singleCut.plan(observation).entries().get(0).plan();
    double bestCost = cost(best, observation);
    for (int node = 1; node <= observation.servers().size(); node++) {
      SwitchingSearch search =
          new SwitchingSearch(observation.graph(), new LegPrices(objective, observation, node));
      Plan plan = plan(search.blockEnds(), node);
      double cost = cost(plan, observation);
      if (cost < bestCost - BlockSearch.GUARD * bestCost) { // false for NaN
        best = plan;
        bestCost = cost;
      }
    }
    return PlanTable.constant(CostModel.entry(best, observation));
  }

  private double cost(Plan plan, Observation observation) {
    return objective.cost(CostModel.estimate(plan, observation));
  }

  /** Blocks alternate between the two sides; the first is the device's. */
  private static Plan plan(List<Integer> ends, int node) {
    List<Stage> stages = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      int side = stages.size() % 2 == 0 ? Stage.DEVICE : node;
      stages.add(new Stage(side, LayerSet.range(from, end)));
      from = end;
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }
}
