package io.cleave.policies.shares;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.Map;
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
    Plan local = Plan.local(observation.graph());
    RunEnds.Division division = new RunEnds(observation, terms, runs(observation)).best();
    double alone = observation.device().times().run(observation.graph().all());
    boolean pays = division.seconds() < alone;
    Plan best = pays ? new Plan(division.stages(), terms.codec(), Hedge.NEVER) : local;
    return PlanTable.constant(CostModel.entry(best, observation));
  }

  /** Worked out once a network, and forgotten with it. */
  private Runs runs(Observation observation) {
    return prepared.computeIfAbsent(observation.graph(), Runs::of);
  }
}
