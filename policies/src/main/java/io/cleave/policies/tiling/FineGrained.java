package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Shares pieces smaller than a layer among the device and as many helpers as pay, run by run; all
 * on the device where nothing pays.
 *
 * <p><b>Source:</b> the partitioning half, DINA-P, of DINA (INFOCOM 2020); see {@link Shares} and
 * {@link RunEnds}. <b>Complexity:</b> O(p^2 h^2 layers) for p cut positions and h servers.
 * <b>Assumes</b> what {@link io.cleave.policies.cost.Gathering} says; that all servers may be asked
 * at once. <b>Differs:</b> 1. "Do not split" is always a candidate. 2. Latency alone counts, for
 * one device: which helpers it may ask is not decided here, as it is by DINA-O. Owned by one
 * thread.
 */
public final class FineGrained implements Planner {
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public FineGrained(Terms terms) {
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    return Staged.orLocal(search(observation).best().stages(), observation, terms);
  }

  /** Its stages as a plan, if they take less than so many seconds, the device's queue apart. */
  Optional<Plan> plan(Observation observation, double enough) {
    return search(observation)
        .best(enough)
        .map(division -> new Plan(division.stages(), terms.codec(), Hedge.NEVER));
  }

  private RunEnds search(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::of);
    return new RunEnds(observation, terms, new Shares(observation, terms), runs);
  }
}
