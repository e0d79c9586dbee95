package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.tiling.Grid;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what tiles cost on one machine without a link: cut, four tiles one after the other,
 * joined, over the whole run in one go. What is compared runs in turns, the time is the processor's
 * for this thread, which does all the work, and a low quantile of each is taken.
 *
 * <pre>TileOverhead [zoo:vgg16 [rounds]]</pre>
 */
final class TileOverhead {
  private static final Grid GRID = new Grid(2, 2);

  private final Turns turns;

  private TileOverhead(int rounds) {
    this.turns = new Turns(rounds);
  }

  public static void main(String[] arguments) throws IOException {
    String source = arguments.length > 0 ? arguments[0] : "zoo:vgg16";
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    Path folder = Files.createTempDirectory("models");
    try (SliceLibrary library = new SliceLibrary(SliceLimits.USUAL)) {
      Model model = new ModelStore(folder).open(source, Map.of());
      System.out.printf(
          "%s, %s tiles, %d rounds, %.0f %% quantile%n",
          model.graph().name(), GRID, rounds, 100 * Turns.QUANTILE);
      System.out.println(
          "fused layers        whole ms  tiles ms  copies ms  tiles / whole  work / whole");
      for (int end : LegalCuts.positions(model.graph())) {
        if (end > 0 && canBeTiled(model.graph(), LayerSet.range(1, end + 1))) {
          new TileOverhead(rounds).measure(model, LayerSet.range(1, end + 1), library);
        }
      }
      Files.delete(model.file());
    }
    Files.delete(folder);
  }

  private static boolean canBeTiled(DnnGraph graph, LayerSet run) {
    int last = run.stream().max().orElseThrow();
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    return graph.layer(last).operator().equals("MaxPool")
        && made.rank() == 4
        && made.dim(2) >= 14
        && Footprint.obstacle(graph, run, 2).isEmpty()
        && Footprint.obstacle(graph, run, 3).isEmpty();
  }

  private void measure(Model model, LayerSet run, SliceLibrary library) {
    DnnGraph graph = model.graph();
    Funnel funnel = Funnel.of(graph, run);
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    List<Piece> tiles = GRID.tiles(made.dim(2), made.dim(3));
    TensorValue input = Floats.noise(graph.tensor(0), 1);
    LayerTimes times = DeviceClass.RASPBERRY_PI_3B.profile().times(graph);
    double work = 0;
    for (Piece tile : tiles) {
      work += funnel.footprint(tile).seconds(times) - times.startSeconds();
    }
    turns.run(
        () -> {
          turns.timed("whole", () -> library.run(model, run, List.of(input)));
          Map<Piece, TensorValue> parts = new LinkedHashMap<>();
          for (Piece tile : tiles) {
            Piece needed = funnel.footprint(tile).part(0);
            TensorValue part = turns.timed("cut " + tile, () -> TensorParts.cut(input, needed));
            Step step = Step.piece(run, tile);
            parts.put(
                tile,
                turns.timed("run " + tile, () -> library.run(model, step, List.of(part)).get(0)));
          }
          turns.timed("join", () -> TensorParts.joined(parts));
        });
    double copies =
        tiles.stream().mapToDouble(tile -> turns.low("cut " + tile)).sum() + turns.low("join");
    double all = copies + tiles.stream().mapToDouble(tile -> turns.low("run " + tile)).sum();
    System.out.printf(
        "%-18s %9.2f %9.2f %10.3f %14.3f %13.3f%n",
        "to " + graph.layer(run.stream().max().orElseThrow()).name(),
        turns.low("whole"),
        all,
        copies,
        all / turns.low("whole"),
        work / (times.run(run) - times.startSeconds()));
  }
}
