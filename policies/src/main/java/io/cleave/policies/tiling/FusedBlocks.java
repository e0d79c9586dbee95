package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Blocks of fused layers, each in tiles on as many machines as pay, or on the device alone: the
 * best grouping of all.
 *
 * <p><b>Source:</b> AOFL, optimised fused layers (Zhou et al., "Adaptive parallel execution of deep
 * neural networks on heterogeneous edge devices", SEC 2019). <b>Complexity:</b> O(b^2) blocks for b
 * layers, those that work element by element counted with the one before. <b>Assumes</b> what
 * {@link BalancedTiles} and {@link io.cleave.policies.cost.Gathering} say. <b>Differs:</b> 1.
 * Planned anew with every report, where the paper rebuilds its tables every few seconds. 2. Between
 * blocks all is gathered at the device, as in the paper; so a block may as well be the device's
 * alone.
 */
public final class FusedBlocks implements Planner {
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public FusedBlocks(Terms terms) {
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    Divider divider = new BalancedTiles(observation, terms);
    return Staged.orLocal(
        new RunEnds(observation, terms, divider, runs).best().stages(), observation, terms);
  }
}
