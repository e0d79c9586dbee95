package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * has the frame is the gateway too. 4. "Do not split" is a candidate. 5. Where machines have no
 * room for the tiles of the grid, finer ones are tried. 6. Overlaps are reused in chains only.
 */
public final class FusedTiles implements Planner {
  private static final int FINEST = 9; // rows or columns of tiles

  /** What becomes of what tiles overlap in. */
  public enum Reuse {
    /** Each tile computes it for itself. */
    NONE,

    /**
     * Of layers in a chain every other tile takes it from its neighbours, if these are back; of
     * others each tile computes it.
     */
    CHECKERED
  }

  private final Grid grid;
  private final OptionalInt fused;
  private final Reuse reuse;
  private final Terms terms;
  private final Map<DnnGraph, Runs> prepared = new WeakHashMap<>();

  /**
   * @param grid of tiles of what the last fused layer makes
   * @param fused layers from the first on, those that work element by element not counted; empty
   *     for the best
   */
  public FusedTiles(Grid grid, OptionalInt fused, Reuse reuse, Terms terms) {
    this.grid = grid;
    this.fused = fused;
    this.reuse = reuse;
    this.terms = terms;
  }

  /** Each tile computes its own overlaps. */
  public FusedTiles(Grid grid, OptionalInt fused, Terms terms) {
    this(grid, fused, Reuse.NONE, terms);
  }

  @Override
  public PlanTable plan(Observation observation) {
    return plan(observation, Double.POSITIVE_INFINITY);
  }

  /**
   * The same if it takes less than so many seconds, the device's queue apart; else any. Where
   * memory is scarce what is enough makes no difference.
   */
  PlanTable plan(Observation observation, double enough) {
    DnnGraph graph = observation.graph();
    Runs runs = prepared.computeIfAbsent(graph, Runs::ofBlocks);
    Choice choice = new Choice(new Stage(Stage.DEVICE, graph.all()));
    choice.fitting = Fit.unlimited(observation) ? enough : choice.fitting;
    for (int end = first(runs); end <= last(runs); end++) {
      Optional<Divisible> run = runs.divisible(0, end).filter(each -> divides(grid, each));
      if (run.isPresent()) {
        offer(run.get(), choice, observation);
      }
    }
    return Staged.orLocal(choice.stages(), observation, terms);
  }

  /** In the grid, or if machines have no room for that, in the first finer one that they have. */
  private void offer(Divisible run, Choice choice, Observation observation) {
    LayerSet rest = observation.graph().all().minus(run.layers()).minus(LayerSet.of(0));
    double behind = rest.isEmpty() ? 0 : observation.device().times().run(rest);
    LeastTime least = LeastTime.of(observation, terms, run, Crew.ranked(observation));
    if (!reuses(run) && least.anybody(line(grid, run)) + behind >= choice.fitting) {
      return;
    }
    for (Grid each : Fit.unlimited(observation) ? List.of(grid) : grid.finer(FINEST)) {
      if (!divides(each, run)) {
        return;
      }
      Tiles tiles = tiles(each, run, observation);
      List<Stage> stages = stages(tiles.stage(), rest);
      if (tiles.seconds() + behind >= choice.fitting) {
        return; // finer ones overlap more
      }
      boolean fits = Fit.fits(new Plan(stages, terms.codec(), Hedge.NEVER), observation);
      choice.offer(stages, tiles.seconds() + behind, fits);
      if (fits) {
        return;
      }
    }
  }

  /** The fused layers. */
  private record Tiles(Stage stage, double seconds) {}

  /** The quickest that fits; while none does the quickest, so that it is seen who has no room. */
  private static final class Choice {
    private double fitting = Double.POSITIVE_INFINITY;
    private double any = Double.POSITIVE_INFINITY;
    private Optional<List<Stage>> best = Optional.empty();
    private List<Stage> otherwise;

    Choice(Stage local) {
      this.otherwise = List.of(local);
    }

    void offer(List<Stage> stages, double seconds, boolean fits) {
      if (fits && seconds < fitting) {
        fitting = seconds;
        best = Optional.of(stages);
      } else if (!fits && seconds < any) {
        any = seconds;
        otherwise = stages;
      }
    }

    List<Stage> stages() {
      return best.orElse(otherwise);
    }
  }

  private int first(Runs runs) {
    return fused.isPresent() ? Math.min(fused.getAsInt(), runs.count() - 1) : 1;
  }

  private int last(Runs runs) {
    return fused.isPresent() ? first(runs) : runs.count() - 1;
  }

  private static boolean divides(Grid grid, Divisible run) {
    return run.isMap()
        && run.length(Strip.ROWS) >= grid.rows()
        && run.length(Strip.COLUMNS) >= grid.columns();
  }

  private Tiles tiles(Grid cut, Divisible run, Observation observation) {
    Sharing sharing = new Stealing(observation, terms.codec()).of(run.funnel(), line(cut, run));
    return new Tiles(
        Stage.shared(run.layers(), sharing),
        new Pricing(observation, terms).seconds(run.funnel(), sharing));
  }

  private List<Piece> line(Grid cut, Divisible run) {
    List<Piece> tiles = cut.tiles(run.length(Strip.ROWS), run.length(Strip.COLUMNS));
    return reuses(run) ? Checkerboard.of(tiles).line() : tiles;
  }

  private boolean reuses(Divisible run) {
    return reuse == Reuse.CHECKERED
        && Checkerboard.obstacle(run.funnel().graph(), run.layers()).isEmpty();
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
