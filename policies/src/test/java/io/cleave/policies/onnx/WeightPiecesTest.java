package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pieces that divide the weights: channels, neurons and summands. ONNX Runtime is the judge. */
final class WeightPiecesTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void piecesOfRandomRunsMakeTheWhole(long seed) {
    ModelProto model = model(seed);
    if (model.getGraph().getNodeCount() > 0) {
      checkAllRuns(OnnxSlicer.of("random", model, Map.of()), model, "x", seed);
    }
  }

  /** So that the test above looks at something. */
  @Test
  void mostRandomModelsHaveRunsToDivide() {
    int divided = 0;
    for (long seed = 0; seed < 30; seed++) {
      ModelProto model = model(seed);
      if (model.getGraph().getNodeCount() > 0) {
        OnnxSlicer slicer = OnnxSlicer.of("random", model, Map.of());
        divided += checkAllRuns(slicer, model, "x", seed) > 0 ? 1 : 0;
      }
    }
    assertThat(divided).isGreaterThanOrEqualTo(24);
  }

  private static ModelProto model(long seed) {
    return seed % 3 == 0 ? RandomRuns.neurons(seed) : RandomRuns.images(seed);
  }

  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"SMALL_CHAIN", "SMALL_RESIDUAL", "SMALL_INCEPTION", "SMALL_DEPTHWISE"})
  void piecesOfEveryRunOfSmallNetworksMakeTheWhole(Zoo zoo) {
    ModelProto model = zoo.model(3);
    int checked = checkAllRuns(OnnxSlicer.of(zoo.id(), model, Map.of()), model, "input", 7);
    assertThat(checked).isGreaterThan(8);
  }

  /** Every run of neighbouring layers that can be divided so; returns how many these were. */
  private static int checkAllRuns(OnnxSlicer slicer, ModelProto model, String input, long seed) {
    DnnGraph graph = slicer.graph();
    Map<String, Floats> held = new LinkedHashMap<>();
    List<Long> dims = new ArrayList<>(graph.tensor(0).shape().dims());
    held.put(input, Floats.random(seed, dims));
    held.putAll(Engine.run(Engine.tellingAll(model, graph), held));
    int checked = 0;
    for (int first = 1; first < graph.size(); first++) {
      for (int last = first; last < graph.size(); last++) {
        LayerSet run = LayerSet.range(first, last + 1);
        if (Footprint.outputs(graph, run).size() != 1) {
          continue;
        }
        if (Footprint.obstacle(graph, run, 1).isEmpty()) {
          check(slicer, run, held, false, seed);
          checked++;
        }
        if (Footprint.sumObstacle(graph, run).isEmpty()) {
          check(slicer, run, held, true, seed);
          checked++;
        }
      }
    }
    return checked;
  }

  private static void check(
      OnnxSlicer slicer, LayerSet run, Map<String, Floats> held, boolean summed, long seed) {
    DnnGraph graph = slicer.graph();
    Funnel funnel = Funnel.of(graph, run);
    String output = graph.tensor(Footprint.output(graph, run)).name();
    long length = funnel.length(1, summed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Floats> made = new ArrayList<>();
    for (long from = 0; from < length; ) {
      long to = made.size() == 3 ? length : random.nextLong(from, length) + 1;
      Span span = new Span(from, to);
      Piece piece = summed ? Piece.sum(1, span) : Piece.of(1, span);
      Map<String, Floats> parts = Scattered.of(funnel.footprint(piece), graph, held);
      made.add(Engine.pick(Engine.run(slicer.piece(run, piece), parts), output));
      from = to;
    }
    Floats joined = summed ? Floats.sum(made) : Floats.joined(made, 1);
    assertThat(Engine.pick(held, output).relativeDifference(joined))
        .as("seed %d, layers %s of %s, summed %s", seed, run, graph.name(), summed)
        .isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void eachPieceCarriesItsOwnWeightsAndOneTheBias() {
    Blueprint b = new Blueprint("pair", 6, 8, 8);
    String hidden = b.conv(Blueprint.INPUT, 10, Window.same(3, 3));
    b.output(b.conv(hidden, 4, Window.same(1, 1)));
    OnnxSlicer slicer = OnnxSlicer.of("pair", b.model(1), Map.of());
    LayerSet pair = LayerSet.of(1, 2);
    assertThat(weights(slicer, pair, Piece.of(1, new Span(1, 3))))
        .containsExactlyInAnyOrder(
            List.of(10L, 6L, 3L, 3L), List.of(10L), List.of(2L, 10L, 1L, 1L), List.of(2L));
    assertThat(weights(slicer, pair, Piece.sum(1, new Span(0, 4))))
        .containsExactlyInAnyOrder(
            List.of(4L, 6L, 3L, 3L), List.of(4L), List.of(4L, 4L, 1L, 1L), List.of(4L));
    assertThat(weights(slicer, pair, Piece.sum(1, new Span(4, 10))))
        .containsExactlyInAnyOrder(List.of(6L, 6L, 3L, 3L), List.of(6L), List.of(4L, 6L, 1L, 1L));
    assertThat(weights(slicer, LayerSet.of(1), Piece.sum(1, new Span(2, 6))))
        .containsExactly(List.of(10L, 4L, 3L, 3L));
  }

  private static List<List<Long>> weights(OnnxSlicer slicer, LayerSet run, Piece piece) {
    GraphProto graph = slicer.piece(run, piece).getGraph();
    return graph.getInitializerList().stream().map(TensorProto::getDimsList).toList();
  }

  @Test
  void refusesSumsOfWhatIsNone() {
    OnnxSlicer slicer = Zoo.SMALL_CHAIN.slicer(1, Map.of());
    DnnGraph graph = slicer.graph();
    int relu = graph.layers().stream().map(layer -> layer.operator()).toList().indexOf("Relu");
    assertThatThrownBy(() -> slicer.piece(LayerSet.of(relu), Piece.sum(1, new Span(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a Relu, is no sum over what it reads");
    assertThatThrownBy(() -> slicer.piece(LayerSet.of(1), Piece.sum(2, new Span(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be cut along axis 2");
    assertThatThrownBy(() -> slicer.piece(LayerSet.of(1), Piece.sum(1, new Span(0, 999))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0-998");
  }
}
