package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * alone. 3. Our own, on request: blocks that follow each other may be {@link RoundStrips rounds} of
 * one stage, between which machines hand each other what they need.
 */
public final class FusedBlocks implements Planner {
  private final Terms terms;
  private final Exchange exchange;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  /** What becomes of what neighbours need between blocks. */
  public enum Exchange {
    /** All is gathered at the device and handed out anew, as in the paper. */
    OFF,

    /** Machines may keep their strips and hand each other what they need, where that pays. */
    ON
  }

  public FusedBlocks(Exchange exchange, Terms terms) {
    this.exchange = exchange;
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    List<Divider> dividers = new ArrayList<>(List.of(new BalancedTiles(observation, terms)));
    if (exchange == Exchange.ON) {
      dividers.add(new RoundStrips(observation, terms, runs));
    }
    RunPrices prices = new RunPrices(observation, terms, dividers, runs, Optional.empty());
    return Staged.orLocal(new RunEnds(prices).best().stages(), observation, terms);
  }
}
