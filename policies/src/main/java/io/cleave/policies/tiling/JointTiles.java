package io.cleave.policies.tiling;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.WeakHashMap;

/**
 * Cut, tiles and target in one search: each run of layers is the device's, or one server's, or
 * shared by the best of all rules; what is left may go to a server for good.
 *
 * <p><b>Idea:</b> a shortest path over the places between layers at which one tensor is all that is
 * open, which is at the device there; beside it the plans of every published rule as a whole, so
 * that none of them is foretold to be faster. <b>Complexity:</b> O(b^2) runs for b places, each
 * priced once for every rule and server. <b>Assumes</b> what {@link
 * io.cleave.policies.cost.Gathering} says; that a run costs the same whatever is before it.
 */
public final class JointTiles implements Planner {
  private final Terms terms;
  private final List<Planner> published;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public JointTiles(Terms terms) {
    this.terms = terms;
    this.published =
        List.of(
            new BlockMinCut(),
            new FineGrained(terms),
            new BiasedStrips(terms),
            new GreedyTiles(terms),
            new WeightShards(terms),
            new FusedTiles(new Grid(3, 3), OptionalInt.empty(), terms),
            new FusedTiles(new Grid(5, 5), OptionalInt.empty(), terms));
  }

  @Override
  public PlanTable plan(Observation observation) {
    List<Plan> plans = new ArrayList<>(List.of(Plan.local(observation.graph())));
    plans.add(searched(observation));
    for (Planner planner : published) {
      planner.plan(observation).entries().forEach(entry -> plans.add(entry.plan()));
    }
    Plan best =
        plans.stream()
            .min(Comparator.comparingDouble(plan -> seconds(plan, observation)))
            .orElseThrow();
    return PlanTable.constant(CostModel.entry(best, observation));
  }

  private static double seconds(Plan plan, Observation observation) {
    return CostModel.estimate(plan, observation).seconds();
  }

  private Plan searched(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    List<Divider> rules =
        List.of(
            new Shares(observation, terms),
            new BalancedTiles(observation, terms),
            new GreedyTiles.Bisection(observation, terms));
    RunEnds search =
        new RunEnds(observation, terms, rules, runs, Optional.of(new Errands(observation, terms)));
    return new Plan(search.best().stages(), terms.codec(), Hedge.NEVER);
  }
}
