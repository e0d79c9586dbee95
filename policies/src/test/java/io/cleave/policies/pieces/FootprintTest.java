package io.cleave.policies.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FootprintTest {
  /** A chain of windows over the rows of a 1 x 1 x rows x 1 image. */
  private static DnnGraph chain(long[] rows, ReceptiveField... fields) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    layers.add(new Layer("input", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)));
    for (int i = 0; i < rows.length; i++) {
      tensors.add(new Tensor("t" + i, TensorShape.of(1, 1, rows[i], 1), ElementType.FLOAT32, i));
    }
    for (int i = 1; i < rows.length; i++) {
      layers.add(
          new Layer(
              "layer" + i,
              "Conv",
              LayerKind.CONVOLUTION,
              Work.NONE,
              List.of(i - 1),
              List.of(i),
              new Division(Map.of(2, fields[i - 1]))));
    }
    return new DnnGraph("chain", layers, tensors, List.of(rows.length - 1));
  }

  private static Span needed(DnnGraph graph, long from, long to) {
    LayerSet run = LayerSet.range(1, graph.size());
    return Footprint.of(graph, run, Piece.of(2, new Span(from, to))).part(0).along(2).orElseThrow();
  }

  @Test
  void agreesWithTheExampleOfDeepThings() {
    // A 6 x 6 map, window 3, stride 1, padded: the tile of rows 0-2 needs rows 0-3, 3-5 needs 2-5.
    DnnGraph graph = chain(new long[] {6, 6}, new ReceptiveField.Sliding(3, 1, 1, 1));
    assertThat(needed(graph, 0, 3)).isEqualTo(new Span(0, 4));
    assertThat(needed(graph, 3, 6)).isEqualTo(new Span(2, 6));
  }

  @Test
  void agreesWithTheTilesOfDeepThings() {
    // The same map in 2 x 2 tiles; corners as the paper writes them, (column, row).
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    Layer input = new Layer("in", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0));
    Layer conv =
        new Layer(
            "conv",
            "Conv",
            LayerKind.CONVOLUTION,
            Work.NONE,
            List.of(0),
            List.of(1),
            new Division(Map.of(2, same, 3, same)));
    TensorShape map = TensorShape.of(1, 1, 6, 6);
    DnnGraph graph =
        new DnnGraph(
            "one",
            List.of(input, conv),
            List.of(
                new Tensor("x", map, ElementType.FLOAT32, 0),
                new Tensor("y", map, ElementType.FLOAT32, 1)),
            List.of(1));
    // Tile (0, 1): (3, 0) to (5, 2) needs (2, 0) to (5, 3).
    assertThat(tile(graph, new Span(0, 3), new Span(3, 6)))
        .isEqualTo(Piece.tile(new Span(0, 4), new Span(2, 6)));
    // Tile (1, 0): (0, 3) to (2, 5) needs (0, 2) to (3, 5).
    assertThat(tile(graph, new Span(3, 6), new Span(0, 3)))
        .isEqualTo(Piece.tile(new Span(2, 6), new Span(0, 4)));
  }

  private static Piece tile(DnnGraph graph, Span rows, Span columns) {
    return Footprint.of(graph, LayerSet.of(1), Piece.tile(rows, columns)).part(0);
  }

  @Test
  void haloGrowsWithEachLayer() {
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    DnnGraph graph = chain(new long[] {20, 20, 20, 20}, same, same, same);
    // One row more on each side for each of three layers.
    assertThat(needed(graph, 8, 12)).isEqualTo(new Span(5, 15));
    assertThat(needed(graph, 0, 4)).isEqualTo(new Span(0, 7));
  }

  @Test
  void knowsStridesDilationsAndKernels() {
    // Window 5, two apart, reaches 9; stride 2, padding 3: row 4 looks at 8 - 3 = 5 up to 13.
    DnnGraph graph = chain(new long[] {21, 10}, new ReceptiveField.Sliding(5, 2, 2, 3));
    assertThat(needed(graph, 4, 5)).isEqualTo(new Span(5, 14));
    // Rows 4 and 5: 5 up to 10 - 3 + 8 = 15.
    assertThat(needed(graph, 4, 6)).isEqualTo(new Span(5, 16));
    assertThat(needed(graph, 9, 10)).isEqualTo(new Span(15, 21));
  }

  @Test
  void countsHaloAsWork() {
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    DnnGraph graph = chain(new long[] {10, 10, 10}, same, same);
    LayerTimes times = LayerTimes.of(new double[] {0, 1, 1}, 0.5);
    Footprint half = Footprint.of(graph, LayerSet.of(1, 2), Piece.of(2, new Span(0, 5)));
    // Layer 1 makes 6 of 10 rows, layer 2 makes 5: 0.6 + 0.5, and a start of 0.5.
    assertThat(half.seconds(times)).isCloseTo(1.6, within(1e-12));
    // 7 rows of one float are read, 5 made.
    assertThat(half.inputBits()).isEqualTo(28 * 8);
    assertThat(half.outputBits()).isEqualTo(20 * 8);
  }

  @Test
  void summandReadsItsChannelsAndMakesAllOfTheOutput() {
    DnnGraph graph = Zoo.VGG16.graph();
    LayerSet pair = LayerSet.of(6, 7, 8); // conv, relu, conv of 112 x 112 with 128 channels
    Footprint quarter = Footprint.of(graph, pair, Piece.sum(1, new Span(0, 32)));
    double map = 112 * 112 * 32;
    assertThat(quarter.inputBits()).isEqualTo(64 * map);
    assertThat(quarter.outputBits()).isEqualTo(128 * map);
    double[] ones = new double[graph.size()];
    Arrays.fill(ones, 1, ones.length, 1);
    assertThat(quarter.seconds(LayerTimes.of(ones, 0.5))).isCloseTo(0.5 + 0.75, within(1e-12));
    Footprint alone = Footprint.of(graph, LayerSet.of(8), Piece.sum(1, new Span(0, 32)));
    assertThat(alone.inputBits()).isEqualTo(32 * map);
    assertThat(alone.seconds(LayerTimes.of(ones, 0.5))).isCloseTo(0.5 + 0.25, within(1e-12));
  }

  @Test
  void wholeRunIsTheWholeOfEachLayer() {
    DnnGraph graph = Zoo.VGG16.graph();
    LayerSet run = LayerSet.range(1, 32); // all convolutions and pools
    Footprint whole = Footprint.of(graph, run, Piece.of(2, Span.whole(7)));
    run.forEach(
        layer -> {
          int made = graph.layer(layer).outputs().get(0);
          assertThat(whole.shape(made)).isEqualTo(graph.tensor(made).shape());
        });
  }

  @Test
  void tellsWhyARunStaysWhole() {
    DnnGraph graph = Zoo.SMALL_RESIDUAL.graph();
    LayerSet all = LayerSet.range(1, graph.size());
    assertThat(Footprint.obstacle(graph, all, 2).orElseThrow())
        .contains("GlobalAveragePool")
        .contains("not divisible along axis 2");
    assertThatThrownBy(() -> Footprint.of(graph, LayerSet.of(0, 1), Piece.of(2, new Span(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has layers of 1 to");
  }
}
