package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Every layer by itself in strips along the longer edge of its map, one for each machine, in
 * proportion to how fast the machine is.
 *
 * <p><b>Source:</b> MoDNN (Mao et al., DATE 2017): biased one-dimensional partition of what
 * convolutions and pools make, gathered by the group's owner after each layer. <b>Complexity:</b>
 * O(layers x machines). <b>Assumes</b> nothing of links, which play no part in the shares.
 * <b>Differs:</b> 1. Fully connected layers are divided by their neurons in the same proportion;
 * the paper clusters the weights by spectrum, which gains where many are zero: ours are dense. 2.
 * "Do not split" is a candidate for the network as a whole.
 */
public final class BiasedStrips implements Planner {
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public BiasedStrips(Terms terms) {
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    Divider divider = new ByPower(observation, terms);
    return Staged.orLocal(Staged.layerByLayer(runs, divider), observation, terms);
  }

  /** Whatever it costs, and on all machines. */
  private static final class ByPower implements Divider {
    private final Pricing pricing;
    private final List<Integer> crew;
    private final double[] speeds;

    ByPower(Observation observation, Terms terms) {
      this.pricing = new Pricing(observation, terms);
      this.crew = Crew.ranked(observation);
      this.speeds = Crew.speeds(observation, crew);
    }

    @Override
    public Optional<SharedRun> of(Divisible run, double enough) {
      List<Sharing.Share> strips = Layout.strips(run, crew, speeds);
      return crew.size() == 1 ? Optional.empty() : Optional.of(pricing.shared(run, strips));
    }
  }
}
