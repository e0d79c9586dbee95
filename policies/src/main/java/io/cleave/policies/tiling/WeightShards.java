package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.tiling.ShardChain.Link;
import io.cleave.policies.tiling.ShardSchemes.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Every machine holds some of the weights: each layer is divided by what it makes or by what it
 * reads, or two layers together, so that the fewest values cross.
 *
 * <p><b>Source:</b> Stahl et al., SAMOS 2019; the schemes are chosen by {@link ShardSchemes}.
 * <b>Complexity:</b> O(machines^2 x layers). <b>Assumes</b> what {@link
 * io.cleave.policies.cost.Gathering} says. <b>Differs:</b> 1. Channels and neurons in proportion to
 * how fast the machines are, and for as many machines as are foretold to be the fastest; the paper
 * divides equally among all. 2. All is gathered at the device after each layer or pair, also what
 * the paper would leave where it was made; only the choice of schemes counts that as saved. 3. A
 * layer or pair that nobody makes faster than the device stays there, and so does the network.
 */
public final class WeightShards implements Planner {
  private final Terms terms;
  private final Map<DnnGraph, ShardChain> prepared = new WeakHashMap<>();

  public WeightShards(Terms terms) {
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    ShardChain chain = prepared.computeIfAbsent(observation.graph(), ShardChain::of);
    Pricing pricing = new Pricing(observation, terms);
    List<Integer> crew = Crew.ranked(observation);
    List<Stage> best = List.of(new Stage(Stage.DEVICE, observation.graph().all()));
    double least = Double.POSITIVE_INFINITY;
    for (int count = 2; count <= crew.size(); count++) {
      List<Stage> stages = new Plot(observation, pricing, crew.subList(0, count)).stages(chain);
      double seconds = pricing.seconds(stages);
      if (seconds < least) {
        least = seconds;
        best = stages;
      }
    }
    return Staged.orLocal(best, observation, terms);
  }

  /** The plan for some machines. */
  private static final class Plot {
    private final Observation observation;
    private final Pricing pricing;
    private final List<Integer> crew;
    private final double[] speeds;
    private final List<Stage> stages =
        new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));

    Plot(Observation observation, Pricing pricing, List<Integer> crew) {
      this.observation = observation;
      this.pricing = pricing;
      this.crew = crew;
      this.speeds = Crew.speeds(observation, crew);
    }

    List<Stage> stages(ShardChain chain) {
      List<Link> links = new ArrayList<>(); // that can be divided, without a break
      for (Link link : chain.links()) {
        if (link.whole().isPresent()) {
          links.add(link);
        } else {
          divide(links);
          links.clear();
          stages.add(new Stage(Stage.DEVICE, link.layers()));
        }
      }
      divide(links);
      return RunEnds.joined(stages);
    }

    private void divide(List<Link> links) {
      List<Scheme> schemes =
          ShardSchemes.best(
                  links.stream().map(link -> link.shard(observation.graph())).toList(), crew.size())
              .schemes();
      for (int i = 0; i < links.size(); i++) {
        Link link = links.get(i);
        switch (schemes.get(i)) {
          case OUTPUT -> add(link.whole().orElseThrow(), false, link);
          case INPUT -> add(link.sum().orElseThrow(), true, link);
          case FIRST -> add(link.pair().orElseThrow(), true, links.get(i + 1));
          case SECOND -> {
            // with the first
          }
        }
      }
    }

    /** The run, shared if that is faster, and what is left of its last link here. */
    private void add(Funnel run, boolean summed, Link last) {
      List<Sharing.Share> shares = Layout.channels(run, crew, speeds, summed);
      Stage shared = Stage.shared(run.run(), new Sharing(shares));
      Stage here = new Stage(Stage.DEVICE, run.run());
      boolean pays = pricing.seconds(List.of(shared)) < pricing.seconds(List.of(here));
      stages.add(pays ? shared : here);
      LayerSet rest = last.layers().minus(run.run());
      if (!rest.isEmpty()) {
        stages.add(new Stage(Stage.DEVICE, rest));
      }
    }
  }
}
