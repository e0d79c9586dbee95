package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime is the judge: pieces joined are the whole. */
final class PieceModelTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void piecesOfRandomImageLayersMakeTheWhole(long seed) {
    ModelProto model = RandomRuns.images(seed);
    if (model.getGraph().getNodeCount() > 0) {
      checkJoined(model, seed, new SplittableRandom(seed).nextBoolean() ? 2 : 3);
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void piecesOfRandomFullyConnectedLayersMakeTheWhole(long seed) {
    checkJoined(RandomRuns.neurons(seed), seed, 1);
  }

  @Test
  void allRandomLayersButFewAreDivided() {
    long divided =
        Stream.iterate(0L, seed -> seed + 1)
            .limit(100)
            .map(RandomRuns::images)
            .filter(model -> model.getGraph().getNodeCount() > 0)
            .map(model -> OnnxGraph.of("random", model))
            .filter(g -> Footprint.obstacle(g, LayerSet.range(1, g.size()), 2).isEmpty())
            .count();
    assertThat(divided).isGreaterThanOrEqualTo(80);
  }

  private static void checkJoined(ModelProto model, long seed, int axis) {
    OnnxSlicer slicer = OnnxSlicer.of("random", model, Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    if (Footprint.obstacle(graph, run, axis).isPresent()) {
      return; // counted above
    }
    List<Long> dims = new ArrayList<>(graph.tensor(0).shape().dims());
    dims.set(0, 1 + seed % 2); // the batch stays open
    Map<String, Floats> held = Map.of("x", Floats.random(seed, dims));
    String output = graph.tensor(graph.outputs().get(0)).name();
    Floats whole = Engine.pick(Engine.run(model, held), output);
    Floats joined = inPieces(slicer, run, axis, held, seed);
    assertThat(whole.relativeDifference(joined))
        .as("seed %d: %s", seed, model.getGraph().getNodeList())
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /** One to four pieces of random lengths, each made of its own part of the inputs alone. */
  private static Floats inPieces(
      OnnxSlicer slicer, LayerSet run, int axis, Map<String, Floats> held, long seed) {
    DnnGraph graph = slicer.graph();
    int output = Footprint.output(graph, run);
    long length = graph.tensor(output).shape().dim(axis);
    SplittableRandom random = new SplittableRandom(seed);
    List<Floats> pieces = new ArrayList<>();
    for (long from = 0; from < length; ) {
      long to = pieces.size() == 3 ? length : random.nextLong(from, length) + 1;
      Piece piece = Piece.of(axis, new Span(from, to));
      ModelProto model = slicer.piece(run, piece);
      pieces.add(
          Engine.pick(
              Engine.run(model, Scattered.of(Footprint.of(graph, run, piece), graph, held)),
              graph.tensor(output).name()));
      from = to;
    }
    return Floats.joined(pieces, axis);
  }

  /** Grids of one to five by one to five tiles, cut at random. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void tilesOfRandomImageLayersMakeTheWhole(long seed) {
    OnnxSlicer slicer = OnnxSlicer.of("random", RandomRuns.images(seed), Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    if (run.isEmpty()
        || Footprint.obstacle(graph, run, 2).isPresent()
        || Footprint.obstacle(graph, run, 3).isPresent()) {
      return; // counted above
    }
    Map<String, Floats> held = Map.of("x", Floats.random(seed, graph.tensor(0).shape().dims()));
    int output = Footprint.output(graph, run);
    String name = graph.tensor(output).name();
    Floats whole = Engine.pick(Engine.run(RandomRuns.images(seed), held), name);
    SplittableRandom random = new SplittableRandom(seed);
    TensorShape made = graph.tensor(output).shape();
    List<Floats> bands = new ArrayList<>();
    for (Span rows : parts(made.dim(2), 1 + random.nextInt(5), random)) {
      List<Floats> tiles = new ArrayList<>();
      for (Span columns : parts(made.dim(3), 1 + random.nextInt(5), random)) {
        Piece tile = Piece.tile(rows, columns);
        tiles.add(
            Engine.pick(
                Engine.run(
                    slicer.piece(run, tile),
                    Scattered.of(Footprint.of(graph, run, tile), graph, held)),
                name));
      }
      bands.add(Floats.joined(tiles, 3));
    }
    assertThat(whole.relativeDifference(Floats.joined(bands, 2)))
        .as("seed %d", seed)
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /** An axis in so many parts of random lengths, or in as many as it has places. */
  private static List<Span> parts(long length, int count, SplittableRandom random) {
    TreeSet<Long> ends = new TreeSet<>(Set.of(length));
    while (ends.size() < Math.min(count, length)) {
      ends.add(random.nextLong(1, length + 1));
    }
    List<Span> parts = new ArrayList<>();
    long from = 0;
    for (long to : ends) {
      parts.add(new Span(from, to));
      from = to;
    }
    return parts;
  }

  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"SMALL_CHAIN", "SMALL_RESIDUAL", "SMALL_INCEPTION", "SMALL_DEPTHWISE"})
  void everyDivisibleRunOfSmallNetworksIsItsPieces(Zoo zoo) {
    ModelProto model = zoo.model(3);
    OnnxSlicer slicer = OnnxSlicer.of(zoo.id(), model, Map.of());
    DnnGraph graph = slicer.graph();
    Map<String, Floats> input = Map.of("input", Floats.random(5, graph.tensor(0).shape().dims()));
    Map<String, Floats> held = new LinkedHashMap<>(input);
    held.putAll(Engine.run(Engine.tellingAll(model, graph), input));
    List<Integer> positions = LegalCuts.positions(graph);
    int divided = 0;
    for (int i = 0; i < positions.size(); i++) {
      for (int j = i + 1; j < positions.size(); j++) {
        LayerSet run = LayerSet.range(positions.get(i) + 1, positions.get(j) + 1);
        for (int axis = 1; axis <= 3; axis++) {
          if (Footprint.obstacle(graph, run, axis).isEmpty()) {
            Floats whole = Engine.pick(held, graph.tensor(Footprint.output(graph, run)).name());
            Floats joined = inPieces(slicer, run, axis, held, i + j);
            assertThat(whole.relativeDifference(joined))
                .as("layers %s of %s along %d", run, zoo.id(), axis)
                .isLessThanOrEqualTo(TOLERANCE);
            divided++;
          }
        }
      }
    }
    assertThat(divided).isGreaterThan(4);
  }

  /** Both ways behind YOLOv2's passage to finer features meet in tiles, too. */
  @Test
  void squaresThatBecomeChannelsAreDivided() {
    Blueprint b = new Blueprint("passage", 2, 16, 12);
    String fine = b.conv(Blueprint.INPUT, 3, Window.same(3, 3));
    String coarse = b.conv(b.maxPool(fine, Window.valid(2, 2), false), 4, Window.same(3, 3));
    b.output(b.conv(b.concat(b.spaceToDepth(fine, 2), coarse), 5, Window.same(3, 3)));
    OnnxSlicer slicer = OnnxSlicer.of("passage", b.model(1), Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    Map<String, Floats> held = Map.of("input", Floats.random(1, List.of(1L, 2L, 16L, 12L)));
    String name = graph.tensor(graph.outputs().get(0)).name();
    List<Floats> bands = new ArrayList<>();
    for (Span rows : List.of(new Span(0, 3), new Span(3, 8))) {
      List<Floats> tiles = new ArrayList<>();
      for (Span columns : List.of(new Span(0, 1), new Span(1, 6))) {
        Piece tile = Piece.tile(rows, columns);
        Map<String, Floats> parts = Scattered.of(Footprint.of(graph, run, tile), graph, held);
        tiles.add(Engine.pick(Engine.run(slicer.piece(run, tile), parts), name));
      }
      bands.add(Floats.joined(tiles, 3));
    }
    Floats whole = Engine.pick(Engine.run(b.model(1), held), name);
    assertThat(whole.relativeDifference(Floats.joined(bands, 2))).isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void pieceReadsItsHaloAndPadsOnlyAtTrueBorders() {
    // 3 x 3, padding 1, 6 rows: rows 2 and 3 need rows 1 to 4; row 0 needs rows 0 and 1.
    Blueprint b = new Blueprint("one", 1, 6, 6);
    b.output(b.conv(Blueprint.INPUT, 1, Window.same(3, 3)));
    OnnxSlicer slicer = OnnxSlicer.of("one", b.model(1), Map.of());
    assertThat(rows(slicer, 2, 4)).isEqualTo(4);
    assertThat(pads(slicer, 2, 4)).containsExactly(0L, 1L, 0L, 1L);
    assertThat(rows(slicer, 0, 1)).isEqualTo(2);
    assertThat(pads(slicer, 0, 1)).containsExactly(1L, 1L, 0L, 1L);
    assertThat(pads(slicer, 4, 6)).containsExactly(0L, 1L, 1L, 1L);
  }

  private static GraphProto rowsOf(OnnxSlicer slicer, long from, long to) {
    return slicer.piece(LayerSet.of(1), Piece.of(2, new Span(from, to))).getGraph();
  }

  private static long rows(OnnxSlicer slicer, long from, long to) {
    return rowsOf(slicer, from, to)
        .getInput(0)
        .getType()
        .getTensorType()
        .getShape()
        .getDim(2)
        .getDimValue();
  }

  private static List<Long> pads(OnnxSlicer slicer, long from, long to) {
    return rowsOf(slicer, from, to).getNode(0).getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("pads"))
        .map(AttributeProto::getIntsList)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void neuronsCarryOnlyTheirOwnWeights() {
    Blueprint b = new Blueprint("dense", 8, 1, 1);
    b.output(b.dense(b.flatten(Blueprint.INPUT), 10));
    OnnxSlicer slicer = OnnxSlicer.of("dense", b.model(1), Map.of());
    GraphProto piece = slicer.piece(LayerSet.of(2), Piece.of(1, new Span(3, 7))).getGraph();
    assertThat(piece.getInitializerList())
        .extracting(TensorProto::getDimsList)
        .containsExactlyInAnyOrder(List.of(4L, 8L), List.of(4L));
  }

  @Test
  void refusesWhatItCannotDivide() {
    OnnxSlicer slicer = Zoo.SMALL_CHAIN.slicer(1, Map.of());
    DnnGraph graph = slicer.graph();
    int flatten =
        graph.layers().stream().map(layer -> layer.operator()).toList().indexOf("Flatten");
    assertThatThrownBy(() -> slicer.piece(LayerSet.of(flatten), Piece.of(1, new Span(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not divisible along axis 1");
    assertThatThrownBy(() -> slicer.piece(LayerSet.of(1), Piece.of(2, new Span(0, 10_000))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0-9999");
  }
}
