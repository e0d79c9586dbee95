package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.separable.ObservedSpeeds;
import io.cleave.policies.separable.TileAllocation;
import io.cleave.policies.separable.TrainedTiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First layers of a network and a grid in which they can run as tiles apart.
 *
 * @param funnel of the layers
 * @param tiles row by row, the largest first
 * @param rest layers behind them
 */
record ApartRun(Funnel funnel, List<Piece> tiles, LayerSet rest) {
  private static final int FINEST = 8; // tiles on a side
  private static final double MOST_WORK = 0.8; // the rest must see the whole map
  private static final int IMAGE_AXES = 4;

  /** A deadline that is nearer than this is what handing over between threads takes. */
  private static final double LEAST_SPARE_SECONDS = 0.05;

  /** As the network's file says; empty if it says nothing. */
  static Optional<ApartRun> named(DnnGraph graph) {
    return TrainedTiles.of(graph)
        .map(trained -> of(graph, trained.tensor(), new Grid(trained.rows(), trained.columns())));
  }

  /** Every depth and square grid that leaves enough work behind. */
  static List<ApartRun> all(DnnGraph graph) {
    List<ApartRun> ways = new ArrayList<>();
    for (int position : LegalCuts.positions(graph)) {
      LayerSet run = LayerSet.range(1, position + 1);
      if (position == 0 || work(graph, run) > MOST_WORK * work(graph, graph.all())) {
        continue;
      }
      int tensor = Footprint.output(graph, run);
      TensorShape made = graph.tensor(tensor).shape();
      boolean tiled = made.rank() == IMAGE_AXES && possible(Funnel.of(graph, run));
      long most = tiled ? Math.min(made.dim(Strip.ROWS), made.dim(Strip.COLUMNS)) : 0;
      for (int side = 2; side <= Math.min(FINEST, most); side++) {
        ways.add(of(graph, tensor, new Grid(side, side)));
      }
    }
    return ways;
  }

  private static boolean possible(Funnel funnel) {
    return funnel.apartObstacle(Strip.ROWS).isEmpty()
        && funnel.apartObstacle(Strip.COLUMNS).isEmpty();
  }

  private static double work(DnnGraph graph, LayerSet layers) {
    return layers.stream()
        .mapToDouble(layer -> graph.layer(layer).work().multiplyAccumulates())
        .sum();
  }

  private static ApartRun of(DnnGraph graph, int tensor, Grid grid) {
    LayerSet run = graph.leadingTo(tensor).minus(LayerSet.of(0));
    TensorShape made = graph.tensor(tensor).shape();
    List<Piece> tiles =
        grid.tiles(made.dim(Strip.ROWS), made.dim(Strip.COLUMNS)).stream()
            .map(tile -> tile.as(Piece.Kind.APART))
            .toList();
    LayerSet rest = graph.all().minus(run).minus(LayerSet.of(0));
    return new ApartRun(Funnel.of(graph, run), tiles, rest);
  }

  /**
   * Tiles with their machines.
   *
   * @param counts of tiles, the device's first
   * @param seconds that all takes, by the largest tile: a machine's tiles are sent, made and
   *     returned together
   */
  record Dealt(ApartRun run, List<Integer> counts, double seconds) {
    /** The stage, whose tiles each machine gets in the order of the map. */
    Stage stage(Observation observation, Terms terms, double deadline) {
      List<Sharing.Share> shares = new ArrayList<>();
      for (int node = 0; node < counts.size(); node++) {
        for (int i = 0; i < counts.get(node); i++) {
          shares.add(new Sharing.Share(node, run.tiles.get(shares.size())));
        }
      }
      LayerSet layers = run.funnel.run();
      Stage patient = Stage.shared(layers, new Sharing(shares));
      double foretold = new Pricing(observation, terms).seconds(List.of(patient));
      double spare = Math.max(LEAST_SPARE_SECONDS, (deadline - 1) * foretold);
      return Stage.shared(layers, new Sharing(shares, Handout.ASSIGNED, foretold + spare));
    }
  }

  /** Deals the tiles out: one by one to who would be ready with it first. */
  Dealt dealt(Observation observation, Terms terms) {
    Footprint largest = funnel.footprint(tiles.get(0));
    List<Hop.Branch> each = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    List<Integer> room = new ArrayList<>();
    for (int node = 0; node <= observation.servers().size(); node++) {
      Hop.Branch branch = SharedHop.branch(largest, node, observation, terms.codec());
      each.add(branch);
      double seconds = seconds(branch, observation, terms);
      boolean reached = seconds < Double.POSITIVE_INFINITY;
      speeds.add(reached ? 1 / seconds : ObservedSpeeds.LEAST);
      room.add(reached ? tiles.size() : 0);
    }
    List<Integer> counts = TileAllocation.of(tiles.size(), new ObservedSpeeds(speeds), room);
    List<Hop.Branch> together = new ArrayList<>();
    for (int node = 0; node < counts.size(); node++) {
      int count = counts.get(node);
      if (count > 0) {
        Hop.Branch one = each.get(node);
        together.add(
            new Hop.Branch(
                node, count * one.upBits(), count * one.seconds(), count * one.downBits()));
      }
    }
    double made = new Pricing(observation, terms).seconds(together, Handout.ASSIGNED);
    double behind = rest.isEmpty() ? 0 : observation.device().times().run(rest);
    return new Dealt(this, counts, made + behind);
  }

  /** There, its work, and back, of one tile. */
  private static double seconds(Hop.Branch branch, Observation observation, Terms terms) {
    if (branch.node() == Stage.DEVICE) {
      return branch.seconds();
    }
    LinkState link = observation.server(branch.node()).link();
    return branch.seconds()
        + terms.codec().seconds(branch.upBits() + branch.downBits())
        + branch.upBits() / link.up().bitsPerSecond()
        + branch.downBits() / link.down().bitsPerSecond();
  }
}
