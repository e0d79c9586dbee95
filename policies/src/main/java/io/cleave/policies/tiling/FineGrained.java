package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Observation;
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
    Divider divider = new Shares(observation, terms);
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::of);
    return Staged.orLocal(
        new RunEnds(observation, terms, divider, runs).best().stages(), observation, terms);
  }
}
