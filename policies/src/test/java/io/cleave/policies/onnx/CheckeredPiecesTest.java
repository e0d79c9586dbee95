package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.tiling.Grid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime is the judge: tiles that take what their neighbours made are the whole. */
final class CheckeredPiecesTest {
  private static final double TOLERANCE = 1e-5;

  private static List<Long> ends(long length, SplittableRandom random) {
    TreeSet<Long> ends = new TreeSet<>(Set.of(length));
    long count = Math.min(length, random.nextLong(1, 6));
    while (ends.size() < count) {
      ends.add(random.nextLong(1, length + 1));
    }
    return List.copyOf(ends);
  }

  private static boolean canBeTiled(DnnGraph graph, LayerSet run) {
    return !run.isEmpty()
        && Footprint.obstacle(graph, run, Strip.ROWS).isEmpty()
        && Footprint.obstacle(graph, run, Strip.COLUMNS).isEmpty()
        && Checkerboard.obstacle(graph, run).isEmpty();
  }

  /** Grids of one to five by one to five tiles of random sizes. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void tilesOfRandomChainsMakeTheWhole(long seed) {
    ModelProto model = RandomRuns.images(seed);
    OnnxSlicer slicer = OnnxSlicer.of("random", model, Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    if (!canBeTiled(graph, run)) {
      return; // counted below
    }
    SplittableRandom random = new SplittableRandom(seed);
    TensorShape made = graph.tensor(graph.outputs().get(0)).shape();
    Checkerboard board =
        new Checkerboard(ends(made.dim(Strip.ROWS), random), ends(made.dim(Strip.COLUMNS), random));
    List<Long> dims = new ArrayList<>(graph.tensor(0).shape().dims());
    dims.set(0, 1 + seed % 2); // the batch stays open
    Map<String, Floats> held = Map.of("x", Floats.random(seed, dims));
    Floats whole =
        Engine.pick(Engine.run(model, held), graph.tensor(graph.outputs().get(0)).name());
    assertThat(whole.relativeDifference(joined(slicer, run, board, held)))
        .as("seed %d: %s in %s", seed, model.getGraph().getNodeList(), board)
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /** So that the test above looks at something. */
  @Test
  void manyRandomChainsReuseSomething() {
    long reused =
        LongStream.range(0, 300)
            .filter(
                seed -> {
                  DnnGraph graph = OnnxGraph.of("random", RandomRuns.images(seed));
                  LayerSet run = LayerSet.range(1, graph.size());
                  if (!canBeTiled(graph, run)) {
                    return false;
                  }
                  SplittableRandom random = new SplittableRandom(seed);
                  TensorShape made = graph.tensor(graph.outputs().get(0)).shape();
                  Checkerboard board =
                      new Checkerboard(ends(made.dim(2), random), ends(made.dim(3), random));
                  return board.line().stream()
                      .anyMatch(tile -> !Making.of(graph, run, tile).sources().isEmpty());
                })
            .count();
    assertThat(reused).isGreaterThanOrEqualTo(90);
  }

  /** The first layers, activations counted. */
  @ParameterizedTest
  @CsvSource({
    "tiny-yolov2, 12, 3, 3",
    "tiny-yolov2, 15, 5, 5",
    "tiny-yolov2, 9, 1, 4",
    "vgg16, 10, 3, 3",
    "vgg16, 17, 5, 5"
  })
  void tilesOfEarlyLayersMakeTheWhole(String network, int layers, int rows, int columns) {
    OnnxSlicer slicer = Zoo.byName(network).slicer(1, Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, layers + 1);
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    Checkerboard board = Checkerboard.of(new Grid(rows, columns).tiles(made.dim(2), made.dim(3)));
    Map<String, Floats> held =
        Map.of(graph.tensor(0).name(), Floats.random(1, graph.tensor(0).shape().dims()));
    String name = graph.tensor(Footprint.output(graph, run)).name();
    Floats whole = Engine.pick(Engine.run(slicer.slice(run), held), name);
    assertThat(whole.relativeDifference(joined(slicer, run, board, held)))
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /**
   * Each tile is given exactly what it reads: parts of the input, and what neighbours handed on.
   */
  private static Floats joined(
      OnnxSlicer slicer, LayerSet run, Checkerboard board, Map<String, Floats> held) {
    DnnGraph graph = slicer.graph();
    String output = graph.tensor(Footprint.output(graph, run)).name();
    Map<String, Floats> handed = new HashMap<>();
    Map<Piece, Floats> tiles = new HashMap<>();
    for (Piece tile : board.line()) {
      Making making = Making.of(graph, run, tile);
      Map<String, Floats> given = new LinkedHashMap<>();
      for (Patch patch : making.reads()) {
        Floats whole = held.get(patch.name());
        given.put(
            patch.name(), whole == null ? Engine.pick(handed, patch.name()) : cut(whole, patch));
      }
      Map<String, Floats> made = Engine.run(slicer.piece(run, tile), given);
      assertThat(made.keySet())
          .containsExactlyElementsOf(making.gives().stream().map(Patch::name).toList());
      tiles.put(tile, Engine.pick(made, output));
      handed.putAll(made);
    }
    List<Floats> bands = new ArrayList<>();
    for (int row = 0; row < board.rows(); row++) {
      List<Floats> across = new ArrayList<>();
      for (int column = 0; column < board.columns(); column++) {
        across.add(tiles.get(board.tile(row, column)));
      }
      bands.add(Floats.joined(across, Strip.COLUMNS));
    }
    return Floats.joined(bands, Strip.ROWS);
  }

  private static Floats cut(Floats whole, Patch patch) {
    Floats part = whole;
    for (Strip strip : patch.places().strips()) {
      part = part.part(strip.axis(), strip.span());
    }
    return part;
  }
}
