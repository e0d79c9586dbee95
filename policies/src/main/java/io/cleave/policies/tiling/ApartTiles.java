package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The first layers in tiles that need nothing of each other, dealt out by the speeds of the
 * machines; the rest on the device. A tile that is not back in time is zeros.
 *
 * <p><b>Source:</b> ADCNN (Zhang, Lin, Zhang, ICPP 2020), as remembered: tiles with zeros around
 * them, allocation to who would be ready first, a deadline. <b>Complexity:</b> O(c (t log m + m) +
 * t^2) for c ways to cut, t tiles and m machines. <b>Assumes</b> that the network was retrained for
 * its tiles, and what {@link io.cleave.policies.cost.Gathering} says. <b>Differs:</b> 1. Speeds are
 * those that the controller observes of machines and links, not counts of tiles in time. 2. The
 * device makes tiles, too. 3. The deadline is a multiple of what the stage is foretold to take. 4.
 * What a network was retrained for its file says ({@link
 * io.cleave.policies.separable.TrainedTiles}); where that is {@link Retrained#ASSUMED assumed}, the
 * quickest depth and square grid is taken, of which the tiles have at most 80 % of the work, since
 * the rest must see the whole map.
 */
public final class ApartTiles implements Planner {
  /** Which networks may run in tiles. */
  public enum Retrained {
    /** Whose file says for which tiles they were retrained, and no others. */
    NAMED,

    /** Any, as if it had been retrained: to reckon with, since answers of others are wrong. */
    ASSUMED
  }

  private final Retrained retrained;
  private final double deadline;
  private final Terms terms;
  private final Map<DnnGraph, List<ApartRun>> prepared = new WeakHashMap<>();

  /**
   * @param deadline for tiles, as a multiple of what the stage is foretold to take; above 1
   */
  public ApartTiles(Retrained retrained, double deadline, Terms terms) {
    if (!(deadline > 1) || Double.isInfinite(deadline)) {
      throw new IllegalArgumentException(
          "Tiles have a deadline of more than 1 times what they are foretold to take, not of %s times."
              .formatted(deadline));
    }
    this.retrained = retrained;
    this.deadline = deadline;
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    DnnGraph graph = observation.graph();
    List<ApartRun> ways = prepared.computeIfAbsent(graph, this::ways);
    List<Stage> stages =
        ways.stream()
            .map(way -> way.dealt(observation, terms))
            .min(Comparator.comparingDouble(ApartRun.Dealt::seconds))
            .map(dealt -> stages(graph, dealt.stage(observation, terms, deadline)))
            .orElseGet(() -> List.of(new Stage(Stage.DEVICE, graph.all())));
    return Staged.orLocal(stages, observation, terms);
  }

  private List<ApartRun> ways(DnnGraph graph) {
    return switch (retrained) {
      case NAMED -> ApartRun.named(graph).stream().toList();
      case ASSUMED -> ApartRun.all(graph);
    };
  }

  private static List<Stage> stages(DnnGraph graph, Stage tiles) {
    List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0)), tiles));
    LayerSet rest = graph.all().minus(tiles.layers()).minus(LayerSet.of(0));
    if (!rest.isEmpty()) {
      stages.add(new Stage(Stage.DEVICE, rest));
    }
    return stages;
  }
}
