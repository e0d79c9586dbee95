package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.function.IntFunction;

/** All on the device, or one change of sides: every cut between two layers is tried. */
final class SingleCut {
  private SingleCut() {}

  /**
   * The best; O(servers x layers) after O(tensors x span).
   *
   * @param legs by the server's node number
   */
  static Found best(Observation observation, IntFunction<Legs> legs, Aim aim) {
    int layers = observation.graph().size();
    Legs local = legs.apply(1);
    TopologicalCuts cuts = TopologicalCuts.of(observation.graph(), local.sloped());
    Expense least = queue(observation).plus(local.near(0, layers));
    Aim.Standing standing = aim.of(least);
    int bestCut = layers;
    int bestNode = 1;
    for (int node = 1; node <= observation.servers().size(); node++) {
      Legs there = legs.apply(node);
      for (int cut = 1; cut < layers; cut++) {
        Expense expense = expense(observation, there, cuts, cut);
        Aim.Standing tried = aim.of(expense);
        if (tried.betterThan(standing)) {
          least = expense;
          standing = tried;
          bestCut = cut;
          bestNode = node;
        }
      }
    }
    LayerSet near = LayerSet.range(0, bestCut);
    return new Found(Plan.split(observation.graph(), near, bestNode), least, standing);
  }

  /** What a way takes whose layers from the cut on run on the server, at least the first not. */
  static Expense expense(Observation observation, Legs legs, TopologicalCuts cuts, int cut) {
    return queue(observation)
        .plus(legs.near(0, cut))
        .plus(legs.up(new Freight(cuts.crossingBits[cut], cuts.slopedBits[cut])))
        .plus(legs.far(cut, observation.graph().size()))
        .plus(legs.home(cuts.returnBits[cut]));
  }

  /** What passes before the device begins, whatever is decided. */
  static Expense queue(Observation observation) {
    return new Expense(observation.device().queueSeconds(), 0, 0);
  }
}
