package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
 * the device stays there. What its structured pruning leaves is a network like any other.
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
    private final Terms terms;
    private final Pricing pricing;
    private final List<Integer> crew;
    private final double[] speeds;
    private final Map<MapSize, List<List<Sharing.Share>>> layouts = new HashMap<>();

    Bisection(Observation observation, Terms terms) {
      this.observation = observation;
      this.terms = terms;
      this.pricing = new Pricing(observation, terms);
      this.crew = Crew.ranked(observation);
      this.speeds = Crew.speeds(observation, crew);
    }

    @Override
    public Optional<SharedRun> of(Divisible run, double enough) {
      return of(run, LeastTime.of(observation, terms, run, crew), enough);
    }

    @Override
    public Optional<SharedRun> of(Divisible run, LeastTime least, double enough) {
      double best = Math.min(enough, observation.device().times().run(run.layers()));
      List<Sharing.Share> found = List.of();
      for (int count = 2; count <= crew.size(); count++) {
        List<Sharing.Share> shares = shares(run, count);
        if (shares.isEmpty() || least.pieces(shares) >= best) {
          continue;
        }
        double seconds = pricing.seconds(pricing.branches(run, shares), Handout.ASSIGNED);
        if (seconds < best) {
          best = seconds;
          found = shares;
        }
      }
      return found.isEmpty() ? Optional.empty() : Optional.of(SharedRun.of(run, found, best));
    }

    @Override
    public double least(Divisible run, LeastTime least) {
      double seconds = Double.POSITIVE_INFINITY;
      for (int count = 2; count <= crew.size(); count++) {
        List<Sharing.Share> shares = shares(run, count);
        seconds = shares.isEmpty() ? seconds : Math.min(seconds, least.pieces(shares));
      }
      return seconds;
    }

    /** For the first so many machines; empty if some would get none. */
    private List<Sharing.Share> shares(Divisible run, int count) {
      return layouts.computeIfAbsent(MapSize.of(run), size -> layouts(run)).get(count);
    }

    /** [count of machines] as {@link #shares}. */
    private List<List<Sharing.Share>> layouts(Divisible run) {
      List<List<Sharing.Share>> all = new ArrayList<>(List.of(List.of()));
      for (int count = 1; count <= crew.size(); count++) {
        List<Integer> machines = crew.subList(0, count);
        double[] weights = Arrays.copyOf(speeds, count);
        all.add(
            run.isMap()
                ? Layout.bisected(run, machines, weights).orElse(List.of())
                : Layout.strips(run, machines, weights));
      }
      return all;
    }
  }
}
