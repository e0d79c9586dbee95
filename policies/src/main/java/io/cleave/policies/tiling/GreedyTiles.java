package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Every layer by itself in rectangles, as large as their machines are fast, for as many machines as
 * make the slowest one earliest.
 *
 * <p><b>Source:</b> the greedy two-dimensional partition of MeDNN (Mao et al., ICCAD 2017); its
 * details are our reconstruction: bisection along the longer side in the ratio of two groups of
 * machines, the fastest ones first. <b>Complexity:</b> O(layers x machines^2). <b>Assumes</b> what
 * {@link io.cleave.policies.cost.Gathering} says. <b>Differs:</b> 1. Halos are priced as they are.
 * 2. Fully connected layers are divided by their neurons. 3. A layer that nobody makes faster than
 * the device stays there. Its structured pruning for deployment is not part of planning.
 */
public final class GreedyTiles implements Planner {
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  public GreedyTiles(Terms terms) {
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Runs runs = prepared.computeIfAbsent(observation.graph(), Runs::ofBlocks);
    Divider divider = new Bisection(observation, terms);
    return Staged.orLocal(Staged.layerByLayer(runs, divider), observation, terms);
  }

  /** The rule for one run. */
  static final class Bisection implements Divider {
    private final Observation observation;
    private final Pricing pricing;
    private final List<Integer> crew;
    private final double[] speeds;

    Bisection(Observation observation, Terms terms) {
      this.observation = observation;
      this.pricing = new Pricing(observation, terms);
      this.crew = Crew.ranked(observation);
      this.speeds = Crew.speeds(observation, crew);
    }

    @Override
    public Optional<SharedRun> of(Divisible run, double enough) {
      double best = Math.min(enough, observation.device().times().run(run.layers()));
      List<Sharing.Share> found = List.of();
      for (int count = 2; count <= crew.size(); count++) {
        List<Sharing.Share> shares = shares(run, count).orElse(List.of());
        double seconds =
            shares.isEmpty()
                ? Double.POSITIVE_INFINITY
                : pricing.seconds(pricing.branches(run, shares), Handout.ASSIGNED);
        if (seconds < best) {
          best = seconds;
          found = shares;
        }
      }
      return found.isEmpty() ? Optional.empty() : Optional.of(Pricing.shared(run, found, best));
    }

    private Optional<List<Sharing.Share>> shares(Divisible run, int count) {
      List<Integer> machines = crew.subList(0, count);
      double[] weights = Arrays.copyOf(speeds, count);
      return run.isMap()
          ? Layout.bisected(run, machines, weights)
          : Optional.of(Layout.strips(run, machines, weights));
    }
  }
}
