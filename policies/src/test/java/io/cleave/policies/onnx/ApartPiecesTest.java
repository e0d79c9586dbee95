package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.tiling.Grid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tile that is made apart is what the network makes of that tile of the image alone. ONNX Runtime
 * is the judge.
 */
final class ApartPiecesTest {
  private static final double TOLERANCE = 1e-5;
  private static final int SIDE = 24; // two pools leave six places, which one, two or three divide

  /** The same seed gives the same layers and weights, whatever the image's size. */
  private static ModelProto network(long seed, long height, long width) {
    SplittableRandom random = new SplittableRandom(seed);
    Blueprint b = new Blueprint("apart", 3, height, width);
    String x = b.conv(Blueprint.INPUT, 4, Window.same(3, 3));
    int pools = 0;
    for (int i = 0; i < 5; i++) {
      int kind = random.nextInt(6);
      if (kind == 0 && pools < 2) {
        x = b.maxPool(x, Window.valid(2, 2), false);
        pools++;
      } else if (kind == 1) {
        x = b.add(b.relu(x), x);
      } else if (kind == 2) {
        x = b.leakyRelu(x);
      } else {
        x = b.conv(x, 3 + random.nextInt(5), Window.same(5, 3));
      }
    }
    return b.output(x).model(seed);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isTheNetworkOnItsPartOfTheImage(long seed) {
    ModelProto model = network(seed, SIDE, SIDE);
    OnnxSlicer slicer = OnnxSlicer.of("apart", model, Map.of());
    DnnGraph graph = slicer.graph();
    LayerSet run = LayerSet.range(1, graph.size());
    Floats image = Floats.random(seed, List.of(1L, 3L, (long) SIDE, (long) SIDE));
    String output = graph.tensor(graph.outputs().get(0)).name();
    Funnel funnel = Funnel.of(graph, run);
    long made = funnel.length(Strip.ROWS, false);
    SplittableRandom random = new SplittableRandom(seed);
    for (Piece tile : new Grid(1 + random.nextInt(3), 1 + random.nextInt(3)).tiles(made, made)) {
      Piece apart = tile.as(Piece.Kind.APART);
      Footprint footprint = funnel.footprint(apart);
      Piece seen = footprint.part(0);
      assertThat(seen.places()).isEqualTo(tile.places() * (SIDE / made) * (SIDE / made));
      Floats part = Engine.pick(Scattered.of(footprint, graph, Map.of("input", image)), "input");
      Floats alone =
          Engine.pick(
              Engine.run(
                  network(seed, part.dims().get(2), part.dims().get(3)), Map.of("input", part)),
              output);
      Floats piece =
          Engine.pick(Engine.run(slicer.piece(run, apart), Map.of("input", part)), output);
      assertThat(alone.relativeDifference(piece))
          .as("seed %d, %s", seed, apart)
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  /** So that the test above could fail: with what lies beside it the same tile is another one. */
  @Test
  void differsFromThePartOfTheWhole() {
    OnnxSlicer slicer = OnnxSlicer.of("apart", network(1, SIDE, SIDE), Map.of());
    LayerSet run = LayerSet.range(1, slicer.graph().size());
    Map<String, Floats> held =
        Map.of("input", Floats.random(1, List.of(1L, 3L, (long) SIDE, (long) SIDE)));
    Piece part = Piece.of(Strip.ROWS, new Span(0, 3));
    Floats joined = made(slicer, run, part, held);
    Floats apart = made(slicer, run, part.as(Piece.Kind.APART), held);
    assertThat(joined.relativeDifference(apart)).isGreaterThan(0.01);
  }

  private static Floats made(
      OnnxSlicer slicer, LayerSet run, Piece piece, Map<String, Floats> held) {
    DnnGraph graph = slicer.graph();
    Footprint footprint = Footprint.of(graph, run, piece);
    return Engine.pick(
        Engine.run(slicer.piece(run, piece), Scattered.of(footprint, graph, held)),
        graph.tensor(graph.outputs().get(0)).name());
  }

  /** The same as in the network that is trained, in which each tile is a branch. */
  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "3,2", "3,3", "5,2"})
  void isTheBranchThatIsTrained(int convolutions, int side) throws IOException {
    TilewiseNetwork network =
        new TilewiseNetwork(
            Zoo.ALEXNET_EXITS.architecture(), convolutions, new Grid(side, side)::tiles);
    Map<String, float[]> weights = weights(network.whole());
    ModelProto branches = written(network.tiled(), weights);
    ModelProto whole = written(network.whole(), weights);
    OnnxSlicer slicer = OnnxSlicer.of("whole", whole, Map.of());
    DnnGraph graph = slicer.graph();
    Map<String, Floats> held =
        Map.of(whole.getGraph().getInput(0).getName(), Floats.random(3, List.of(1L, 1L, 28L, 28L)));
    Map<String, Floats> told =
        Engine.run(Engine.tellingAll(branches, network.tiled().graph()), held);
    int joined = graph.tensors().stream().map(t -> t.name()).toList().indexOf(network.joined());
    LayerSet run = graph.leadingTo(joined).minus(LayerSet.of(0));
    for (int tile = 0; tile < network.tiles().size(); tile++) {
      Piece apart = network.tiles().get(tile).as(Piece.Kind.APART);
      Footprint footprint = Footprint.of(graph, run, apart);
      Floats piece =
          Engine.pick(
              Engine.run(slicer.piece(run, apart), Scattered.of(footprint, graph, held)),
              network.joined());
      assertThat(Engine.pick(told, "tile" + (tile + 1)).relativeDifference(piece))
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static Map<String, float[]> weights(Architecture network) {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, float[]> weights = new LinkedHashMap<>();
    network
        .weights()
        .forEach(
            (name, dims) -> {
              float[] content = new float[(int) ViewRules.product(dims, 0, dims.size())];
              for (int i = 0; i < content.length; i++) {
                content[i] = (float) (0.2 * random.nextDouble() - 0.1);
              }
              weights.put(name, content);
            });
    return weights;
  }

  private static ModelProto written(Architecture network, Map<String, float[]> weights)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    network.write(weights, bytes);
    return ModelProto.parseFrom(bytes.toByteArray());
  }

  /** No overlap, no halo: all tiles together cost what the whole does. */
  @Test
  void costsItsShareAlone() {
    DnnGraph graph = Zoo.VGG16.graph();
    LayerSet run = LayerSet.range(1, 18);
    Funnel funnel = Funnel.of(graph, run);
    long made = funnel.length(Strip.ROWS, false);
    Piece all = Piece.tile(Span.whole(made), Span.whole(made));
    double bits = 0;
    for (Piece tile : new Grid(4, 4).tiles(made, made)) {
      bits += funnel.footprint(tile.as(Piece.Kind.APART)).inputBits();
    }
    assertThat(bits).isCloseTo(funnel.footprint(all).inputBits(), within(1e-6 * bits));
  }

  @Test
  void refusesChannelsAndWhatNeedsEverything() {
    DnnGraph graph = Zoo.VGG16.graph();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Piece.of(Strip.CHANNELS, new Span(0, 8)).as(Piece.Kind.APART))
        .withMessageContaining("Only rows and columns");
    LayerSet all = LayerSet.range(1, graph.size());
    Piece rows = Piece.of(Strip.ROWS, new Span(0, 1)).as(Piece.Kind.APART);
    assertThatIllegalArgumentException().isThrownBy(() -> Footprint.of(graph, all, rows));
  }
}
