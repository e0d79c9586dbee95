package io.cleave.policies.tiling;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.WeakHashMap;

/**
 * Cut, tiles and target in one search: each run of layers is the device's, or one server's, or
 * shared by the best of all rules, in one go or in {@link RoundStrips rounds}; what is left may go
 * to a server for good.
 *
 * <p><b>Idea:</b> a shortest path over the places between layers at which one tensor is all that is
 * open, which is at the device there; beside it the plans of every published rule as a whole, so
 * that none of them is foretold to be faster. <b>Complexity:</b> O(b^2) runs for b places, each
 * priced once for every rule and server. <b>Assumes</b> what {@link
 * io.cleave.policies.cost.Gathering} says; that a run costs the same whatever is before it.
 */
public final class JointTiles implements Planner {
  private static final double ROUNDING = 1e-9;

  private final Terms terms;
  private final Planner cut = new BlockMinCut();
  private final FineGrained fine;
  private final List<Planner> published;
  private final List<FusedTiles> fused;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public JointTiles(Terms terms) {
    this.terms = terms;
    this.fine = new FineGrained(terms);
    this.published =
        List.of(new BiasedStrips(terms), new GreedyTiles(terms), new WeightShards(terms));
    this.fused =
        List.of(
            new FusedTiles(new Grid(3, 3), OptionalInt.empty(), terms),
            new FusedTiles(new Grid(5, 5), OptionalInt.empty(), terms));
  }

  @Override
  public PlanTable plan(Observation observation) {
    Best best = new Best(Plan.local(observation.graph()), observation);
    RunEnds.Division searched = searched(observation);
    best.offer(new Plan(searched.stages(), terms.codec(), Hedge.NEVER));
    best.offer(cut.plan(observation));
    // Each is foretold what its stages take together: what is no better need not be found.
    double enough =
        terms.airtime() == Airtime.SEPARATE ? searched.seconds() : Double.POSITIVE_INFINITY;
    fine.plan(observation, enough).ifPresent(best::offer);
    for (Planner planner : published) {
      best.offer(planner.plan(observation));
    }
    for (FusedTiles planner : fused) {
      best.offer(planner.plan(observation, enough * (1 + ROUNDING)));
    }
    return PlanTable.constant(CostModel.entry(best.plan, observation));
  }

  /** The plan that is foretold to be the quickest so far; of equally quick ones the first. */
  private static final class Best {
    private final Observation observation;
    private Plan plan;
    private double seconds;

    Best(Plan plan, Observation observation) {
      this.observation = observation;
      this.plan = plan;
      this.seconds = CostModel.estimate(plan, observation).seconds();
    }

    void offer(PlanTable table) {
      table.entries().forEach(entry -> offer(entry.plan()));
    }

    void offer(Plan other) {
      double its = CostModel.estimate(other, observation).seconds();
      if (its < seconds) {
        plan = other;
        seconds = its;
      }
    }
  }

  private RunEnds.Division searched(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    List<Divider> rules =
        List.of(
            new Shares(observation, terms),
            new BalancedTiles(observation, terms),
            new GreedyTiles.Bisection(observation, terms),
            new RoundStrips(observation, terms, runs));
    Errands errands = new Errands(observation, terms);
    RunPrices prices = new RunPrices(observation, terms, rules, runs, Optional.of(errands));
    return new RunEnds(prices).best();
  }
}
