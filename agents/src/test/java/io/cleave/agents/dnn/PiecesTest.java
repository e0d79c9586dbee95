package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces that the engine makes, joined, are what it makes in one go. */
final class PiecesTest {
  private static final double WITHIN = 1e-5;
  private static final int PIECES = 3;
  private static final int LONGEST_RUN = 8;

  @TempDir Path folder;
  private SliceLibrary library;

  @BeforeEach
  void open() {
    library = new SliceLibrary(SliceLimits.USUAL);
  }

  @AfterEach
  void close() {
    library.close();
  }

  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomLayersAreTheirPieces(long seed) {
    Path file = RandomLayers.write(folder, seed);
    Model model = new ModelStore(folder).open(file.toString(), Map.of());
    DnnGraph graph = model.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    int rank = graph.tensor(graph.outputs().get(0)).shape().rank();
    for (int axis = rank == 4 ? 2 : 1; axis < rank; axis++) {
      checkPieces(model, run, axis, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"small-chain", "small-residual", "small-inception", "small-depthwise", "nin"})
  void runsOfNetworksAreTheirPieces(String name) {
    checkRuns(new ModelStore(folder).open("zoo:" + name, Map.of()), name.equals("nin") ? 4 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "googlenet", "mobilenetv2", "tiny-yolov2"})
  void runsOfNetworksForSmallImagesAreTheirPieces(String name) {
    Map<String, TensorShape> sizes = Map.of("input", TensorShape.of(1, 3, 96, 64));
    checkRuns(new ModelStore(folder).open("zoo:" + name, sizes), 5);
  }

  /** Every so many of the runs between two positions, of at most eight blocks. */
  private void checkRuns(Model model, int every) {
    DnnGraph graph = model.graph();
    List<Integer> positions = LegalCuts.positions(graph);
    int met = 0;
    int divided = 0;
    for (int i = 0; i < positions.size(); i++) {
      for (int j = i + 1; j < Math.min(positions.size(), i + LONGEST_RUN); j++) {
        LayerSet run = LayerSet.range(positions.get(i) + 1, positions.get(j) + 1);
        for (int axis = 1; axis <= 3; axis++) {
          if (divisible(graph, run, axis) && met++ % every == 0) {
            checkPieces(model, run, axis, met);
            divided++;
          }
        }
      }
    }
    assertThat(divided).as(graph.name()).isGreaterThanOrEqualTo(5);
  }

  private static boolean divisible(DnnGraph graph, LayerSet run, int axis) {
    return Footprint.obstacle(graph, run, axis).isEmpty()
        && graph.tensor(Footprint.output(graph, run)).shape().dim(axis) >= PIECES;
  }

  private void checkPieces(Model model, LayerSet run, int axis, long seed) {
    DnnGraph graph = model.graph();
    assertThat(Footprint.obstacle(graph, run, axis)).isEmpty();
    List<TensorValue> inputs =
        Frontier.of(graph, run).inputs().stream().map(t -> Floats.noise(t, seed)).toList();
    TensorValue whole = library.run(model, run, inputs).get(0);
    Map<Piece, TensorValue> pieces = new LinkedHashMap<>();
    for (Piece piece : strips(whole.shape().get(axis), axis, seed)) {
      Step step = Step.piece(run, piece);
      Footprint footprint = Footprint.of(graph, run, piece);
      List<TensorValue> parts = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        parts.add(TensorParts.cut(inputs.get(i), footprint.part(footprint.inputs().get(i))));
      }
      pieces.put(piece, library.run(model, step, parts).get(0));
    }
    assertThat(Floats.relativeDifference(whole, TensorParts.joined(pieces)))
        .as("layers %s of %s along %d, seed %d", run, graph.name(), axis, seed)
        .isLessThanOrEqualTo(WITHIN);
  }

  /** Three pieces of random lengths; fewer if the axis is shorter. */
  private static List<Piece> strips(long length, int axis, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Piece> strips = new ArrayList<>();
    for (long from = 0; from < length; ) {
      long rest = length - from;
      long taken = strips.size() == PIECES - 1 ? rest : random.nextLong(1, rest + 1);
      strips.add(Piece.of(axis, new Span(from, from + taken)));
      from += taken;
    }
    return strips;
  }

  @Test
  void whatIsNotDivisibleIsRefusedWithTheReason() {
    Model model = new ModelStore(folder).open("zoo:small-residual", Map.of());
    int pool =
        model.graph().layers().stream()
            .map(layer -> layer.operator())
            .toList()
            .indexOf("GlobalAveragePool");
    Step step = Step.piece(LayerSet.of(pool), Piece.of(2, new Span(0, 1)));
    assertThatThrownBy(() -> library.prepare(model, step))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GlobalAveragePool")
        .hasMessageContaining("not divisible");
    assertThat(library.ready(model, step)).isFalse();
  }
}
