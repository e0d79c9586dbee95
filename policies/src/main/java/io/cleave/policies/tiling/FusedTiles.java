package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.WeakHashMap;

/**
 * The first layers fused and cut into a grid of tiles, which all machines take one after the other
 * as they are free; the rest on the device.
 *
 * <p><b>Source:</b> DeepThings (Zhao, Barijough, Gerstlauer, TCAD 2018): fused tile partitioning
 * and work stealing. <b>Complexity:</b> O(b t m x layers) for b depths, t tiles and m machines.
 * <b>Assumes</b> what {@link io.cleave.policies.cost.Gathering} says. <b>Differs:</b> 1. How many
 * layers are fused is searched for unless it is set; in the paper it is set. 2. Tiles differ by one
 * row or column at most; in the paper's code the last one takes the remainder. 3. The device that
 * has the frame is the gateway too. 4. Overlaps are computed twice: the paper's reuse of them is
 * not built. 5. "Do not split" is a candidate.
 */
public final class FusedTiles implements Planner {
  private final Grid grid;
  private final OptionalInt fused;
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  /**
   * @param grid of tiles of what the last fused layer makes
   * @param fused layers from the first on, those that work element by element not counted; empty
   *     for the best
   */
  public FusedTiles(Grid grid, OptionalInt fused, Terms terms) {
    this.grid = grid;
    this.fused = fused;
    this.terms = terms;
  }

  @Override
  public PlanTable plan(Observation observation) {
    DnnGraph graph = observation.graph();
    Runs runs = prepared.computeIfAbsent(graph, Runs::ofBlocks);
    double best = Double.POSITIVE_INFINITY;
    List<Stage> stages = List.of(new Stage(Stage.DEVICE, graph.all()));
    for (int end = first(runs); end <= last(runs); end++) {
      if (!fits(runs, end)) {
        continue;
      }
      Divisible run = runs.divisible(0, end).orElseThrow();
      LayerSet rest = graph.all().minus(run.layers()).minus(LayerSet.of(0));
      double behind = rest.isEmpty() ? 0 : observation.device().times().run(rest);
      if (LeastTime.of(observation, terms, run) + behind >= best) {
        continue;
      }
      SharedRun tiles = tiles(run, observation);
      if (tiles.seconds() + behind < best) {
        best = tiles.seconds() + behind;
        stages = stages(tiles.stage(), rest);
      }
    }
    return Staged.orLocal(stages, observation, terms);
  }

  private int first(Runs runs) {
    return fused.isPresent() ? Math.min(fused.getAsInt(), runs.count() - 1) : 1;
  }

  private int last(Runs runs) {
    return fused.isPresent() ? first(runs) : runs.count() - 1;
  }

  private boolean fits(Runs runs, int end) {
    return runs.divisible(0, end)
        .filter(Divisible::isMap)
        .filter(run -> run.length(Strip.ROWS) >= grid.rows())
        .filter(run -> run.length(Strip.COLUMNS) >= grid.columns())
        .isPresent();
  }

  private SharedRun tiles(Divisible run, Observation observation) {
    List<Piece> line = grid.tiles(run.length(Strip.ROWS), run.length(Strip.COLUMNS));
    Sharing sharing = new Stealing(observation, terms.codec()).of(run.funnel(), line);
    Pricing pricing = new Pricing(observation, terms);
    return new SharedRun(
        Stage.shared(run.layers(), sharing),
        pricing.seconds(pricing.branches(run, sharing.shares()), sharing.handout()));
  }

  private static List<Stage> stages(Stage tiles, LayerSet rest) {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage(Stage.DEVICE, LayerSet.of(0)));
    stages.add(tiles);
    if (!rest.isEmpty()) {
      stages.add(new Stage(Stage.DEVICE, rest));
    }
    return stages;
  }
}
