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
import io.cleave.policies.graph.ReceptiveField.Sliding;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judged place by place. */
final class CheckeredTest {
  private static final Sliding SAME = new Sliding(3, 1, 1, 1);

  /** A chain of windows over the rows and columns of a one-channel image. */
  private static DnnGraph chain(List<long[]> sizes, List<ReceptiveField[]> windows) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    layers.add(new Layer("input", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)));
    for (int i = 0; i < sizes.size(); i++) {
      TensorShape shape = TensorShape.of(1, 1, sizes.get(i)[0], sizes.get(i)[1]);
      tensors.add(new Tensor("t" + i, shape, ElementType.FLOAT32, i));
    }
    for (int i = 1; i < sizes.size(); i++) {
      ReceptiveField[] window = windows.get(i - 1);
      layers.add(
          new Layer(
              "layer" + i,
              "Conv",
              LayerKind.CONVOLUTION,
              Work.NONE,
              List.of(i - 1),
              List.of(i),
              new Division(Map.of(2, window[0], 3, window[1]))));
    }
    return new DnnGraph("chain", layers, tensors, List.of(sizes.size() - 1));
  }

  private static DnnGraph same(int layers, long side) {
    List<long[]> sizes = new ArrayList<>(List.of(new long[] {side, side}));
    List<ReceptiveField[]> windows = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      sizes.add(new long[] {side, side});
      windows.add(new ReceptiveField[] {SAME, SAME});
    }
    return chain(sizes, windows);
  }

  private static DnnGraph random(SplittableRandom random) {
    List<long[]> sizes = new ArrayList<>();
    List<ReceptiveField[]> windows = new ArrayList<>();
    long[] size = {random.nextLong(4, 40), random.nextLong(4, 40)};
    sizes.add(size.clone());
    int layers = random.nextInt(1, 7);
    for (int i = 0; i < layers; i++) {
      ReceptiveField[] window = new ReceptiveField[2];
      for (int axis = 0; axis < 2; axis++) {
        long kernel = random.nextLong(1, 5);
        long dilation = random.nextLong(1, 3);
        long reach = (kernel - 1) * dilation + 1;
        long stride = random.nextLong(1, 4);
        long before = random.nextLong(0, reach);
        long free = Math.max(0, size[axis] + before + random.nextLong(0, reach) - reach);
        window[axis] = new Sliding(kernel, dilation, stride, before);
        size[axis] = 1 + Math.min(free / stride, (size[axis] - 1 + before) / stride);
      }
      windows.add(window);
      sizes.add(size.clone());
    }
    return chain(sizes, windows);
  }

  private static List<Long> ends(long length, SplittableRandom random) {
    TreeSet<Long> ends = new TreeSet<>(Set.of(length));
    long count = Math.min(length, random.nextLong(1, 6));
    while (ends.size() < count) {
      ends.add(random.nextLong(1, length + 1));
    }
    return List.copyOf(ends);
  }

  private static Set<List<Long>> places(Piece piece) {
    Set<List<Long>> places = new HashSet<>();
    Span rows = piece.along(2).orElseThrow();
    Span columns = piece.along(3).orElseThrow();
    for (long row = rows.from(); row < rows.to(); row++) {
      for (long column = columns.from(); column < columns.to(); column++) {
        places.add(List.of(row, column));
      }
    }
    return places;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void computesWhatNoNeighbourMadeAndTakesTheRest(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = random(random);
    LayerSet run = LayerSet.range(1, graph.size());
    TensorShape out = graph.tensor(graph.outputs().get(0)).shape();
    Checkerboard board = new Checkerboard(ends(out.dim(2), random), ends(out.dim(3), random));
    Funnel funnel = Funnel.of(graph, run);
    Set<List<Long>> whole = new HashSet<>();
    for (Piece tile : board.line()) {
      Making making = funnel.making(tile);
      assertThat(whole).doesNotContainAnyElementsOf(places(making.made(graph.outputs().get(0))));
      whole.addAll(places(making.made(graph.outputs().get(0))));
      if (board.isFirst(tile)) {
        assertThat(making.sources()).isEmpty();
        assertThat(making.layers()).isEqualTo(run);
        Footprint alone = funnel.footprint(tile);
        graph
            .tensors()
            .forEach(
                t -> assertThat(making.made(t.producer())).isEqualTo(alone.part(t.producer())));
      } else {
        checkTaking(graph, funnel, board, making);
      }
    }
    assertThat(whole).hasSize((int) (out.dim(2) * out.dim(3)));
  }

  /** Tensor by tensor: read is exactly what is computed and what is taken, each place once. */
  private static void checkTaking(
      DnnGraph graph, Funnel funnel, Checkerboard board, Making making) {
    List<Piece> around = around(board, making.piece());
    making.sources().forEach(source -> assertThat(around).contains(source));
    for (int layer = 1; layer < graph.size(); layer++) {
      if (making.layers().contains(layer)) {
        int read = layer - 1;
        Set<List<Long>> wanted = read(graph, layer, making.made(layer));
        assertThat(places(making.held(read))).isEqualTo(wanted);
        Set<List<Long>> had = new HashSet<>();
        boolean computed = read == 0 || making.layers().contains(read);
        if (computed) {
          had.addAll(places(making.made(read)));
        }
        for (Patch patch : making.reads()) {
          if (patch.tensor() == read && read > 0) {
            Set<List<Long>> places = places(patch.places());
            assertThat(had).doesNotContainAnyElementsOf(places);
            had.addAll(places);
            assertThat(around.stream().filter(board::isFirst))
                .anySatisfy(tile -> assertThat(funnel.making(tile).gives()).contains(patch))
                .anySatisfy(
                    tile -> assertThat(places(funnel.making(tile).made(read))).containsAll(places));
          }
        }
        assertThat(had).isEqualTo(wanted);
        if (computed && read > 0) {
          for (Piece tile : around) {
            assertThat(places(making.made(read)))
                .doesNotContainAnyElementsOf(places(funnel.making(tile).made(read)));
          }
        }
      }
    }
  }

  /** What the windows of these places look at, but for padding; the hull where they skip some. */
  private static Set<List<Long>> read(DnnGraph graph, int layer, Piece made) {
    Set<List<Long>> read = new HashSet<>();
    List<Span> hulls = new ArrayList<>();
    for (int axis = 2; axis <= 3; axis++) {
      Sliding window = (Sliding) graph.layer(layer).division().along(axis).orElseThrow();
      TreeSet<Long> seen = new TreeSet<>();
      Span span = made.along(axis).orElseThrow();
      for (long place = span.from(); place < span.to(); place++) {
        for (long k = 0; k < window.reach(); k++) {
          long at = place * window.stride() - window.padding() + k;
          if (at >= 0 && at < graph.tensor(layer - 1).shape().dim(axis)) {
            seen.add(at);
          }
        }
      }
      hulls.add(new Span(seen.first(), seen.last() + 1));
    }
    read.addAll(places(Piece.tile(hulls.get(0), hulls.get(1))));
    return read;
  }

  private static List<Piece> around(Checkerboard board, Piece tile) {
    List<Piece> around = new ArrayList<>();
    int row = board.rowOf(tile);
    int column = board.columnOf(tile);
    for (Piece other : board.line()) {
      int far = Math.abs(board.rowOf(other) - row) + Math.abs(board.columnOf(other) - column);
      if (far == 1) {
        around.add(other);
      }
    }
    return around;
  }

  /** 9 x 9 places, 3 x 3 tiles, two layers that look one place further. */
  @Test
  void agreesWithAnExampleByHand() {
    DnnGraph graph = same(2, 9);
    Funnel funnel = Funnel.of(graph, LayerSet.range(1, 3));
    Checkerboard board = new Checkerboard(List.of(3L, 6L, 9L), List.of(3L, 6L, 9L));
    // The middle one above: rows 0-2 of columns 3-5 read rows 0-3 of columns 2-6 of the map
    // between, of which the tile below made rows 2 and 3, and those beside columns 2, 3 and 5, 6.
    Making making = funnel.making(board.tile(0, 1));
    assertThat(making.made(1)).isEqualTo(Piece.tile(new Span(0, 2), new Span(4, 5)));
    assertThat(making.held(1)).isEqualTo(Piece.tile(new Span(0, 4), new Span(2, 7)));
    assertThat(making.held(0)).isEqualTo(Piece.tile(new Span(0, 3), new Span(3, 6)));
    assertThat(making.reads().stream().map(Patch::name))
        .containsExactlyInAnyOrder("t0", "t1/2:2-3x3:2-6", "t1/2:0-1x3:2-3", "t1/2:0-1x3:5-6");
    assertThat(making.sources())
        .containsExactlyInAnyOrder(board.tile(1, 1), board.tile(0, 0), board.tile(0, 2));
    assertThat(making.inputBits()).isEqualTo(32.0 * (9 + 10 + 4 + 4));
    assertThat(making.outputBits()).isEqualTo(32.0 * 9);
    LayerTimes times = LayerTimes.of(new double[] {0, 81, 81}, 0.5);
    assertThat(making.seconds(times)).isCloseTo(0.5 + 2 + 9, within(1e-12));
    // The one in the middle hands something to all four; those beside it lack row 4 alone, since
    // the tiles above and below them made the others.
    Making first = funnel.making(board.tile(1, 1));
    assertThat(first.gives()).hasSize(5).contains(making.reads().get(1));
    assertThat(first.seconds(times)).isCloseTo(0.5 + 25 + 9, within(1e-12));
    assertThat(first.outputBits()).isEqualTo(32.0 * (9 + 2 * 10 + 2 * 2));
  }

  /** Narrow tiles: neighbours made all of a map, and nothing before it is computed. */
  @Test
  void beginsWhereSomethingIsLeftToCompute() {
    DnnGraph graph = same(3, 6);
    Funnel funnel = Funnel.of(graph, LayerSet.range(1, 4));
    Checkerboard board = new Checkerboard(List.of(2L, 4L, 6L), List.of(6L));
    Making making = funnel.making(board.tile(1, 0));
    assertThat(making.layers()).isEqualTo(LayerSet.of(3));
    assertThat(making.reads().stream().map(Patch::name))
        .containsExactlyInAnyOrder("t2/2:1-2x3:0-5", "t2/2:3-4x3:0-5");
    assertThatThrownBy(() -> making.made(1)).hasMessageContaining("no part in tile #2:2-3x3:0-5");
  }

  @Test
  void refusesWhatIsNoChain() {
    DnnGraph graph = Zoo.SMALL_RESIDUAL.graph();
    int join = graph.layers().stream().map(Layer::operator).toList().indexOf("Add");
    LayerSet run = LayerSet.range(1, join + 1);
    TensorShape out = graph.tensor(Footprint.output(graph, run)).shape();
    Checkerboard board = new Checkerboard(List.of(2L, out.dim(2)), List.of(2L, out.dim(3)));
    assertThatThrownBy(() -> Making.of(graph, run, board.tile(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlaps are reused in chains only");
  }

  @Test
  void isAGridOfTilesInAnyOrder() {
    Checkerboard board = new Checkerboard(List.of(2L, 5L), List.of(1L, 3L, 4L));
    List<Piece> parts = board.line().stream().map(tile -> tile.as(Piece.Kind.PART)).toList();
    assertThat(Checkerboard.of(parts)).isEqualTo(board);
    assertThat(board.line().stream().map(board::isFirst))
        .containsExactly(true, true, true, false, false, false);
    assertThatThrownBy(() -> Checkerboard.of(parts.subList(1, 6)))
        .hasMessageContaining("6 tiles, not 5");
    List<Piece> twice = new ArrayList<>(parts);
    twice.set(0, parts.get(1));
    assertThatThrownBy(() -> Checkerboard.of(twice)).hasMessageContaining("each once");
    assertThatThrownBy(() -> Checkerboard.of(List.of(Piece.of(2, new Span(0, 2)))))
        .hasMessageContaining("cut along rows and columns");
    assertThatThrownBy(() -> new Checkerboard(List.of(2L, 2L), List.of(1L)))
        .hasMessageContaining("one behind the other");
    assertThatThrownBy(() -> Piece.tile(new Span(0, 1), new Span(0, 1)).on(board))
        .hasMessageContaining("is a tile of its checkerboard");
  }
}
