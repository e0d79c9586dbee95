package io.cleave.policies.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.onnx.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed form says what is found layer by layer. */
final class ExtentsTest {
  private static final int SPANS = 10;

  private static void saysWhatIsTraversed(Funnel funnel, SplittableRandom random) {
    for (int axis = 1; axis <= Strip.COLUMNS; axis++) {
      for (boolean summed : new boolean[] {false, true}) {
        Optional<Track> track = funnel.track(axis, summed ? Piece.Kind.SUMMAND : Piece.Kind.PART);
        for (int i = 0; track.isPresent() && i < SPANS; i++) {
          long length = funnel.length(axis, summed);
          long from = random.nextLong(length);
          Span span = new Span(from, random.nextLong(from, length) + 1);
          saysWhatIsTraversed(track.get(), span, funnel.tensors.length);
        }
      }
    }
  }

  private static void saysWhatIsTraversed(Track track, Span span, int tensors) {
    Extents extents = track.extents(span);
    long[] found = new long[2 * tensors];
    for (int place = 0; place < tensors; place++) {
      found[2 * place] = extents.begin(place, span.from());
      found[2 * place + 1] = extents.end(place, span.to());
    }
    assertThat(found).as("%s", span).isEqualTo(track.traversed(span));
  }

  /** Layers that read one or two tensors before them, by any windows; the last reads the rest. */
  private static DnnGraph tangle(SplittableRandom random, int size) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    TreeSet<Integer> loose = new TreeSet<>(List.of(0));
    layers.add(new Layer("input", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)));
    for (int i = 0; i <= size; i++) {
      TensorShape shape = TensorShape.of(1, 1, random.nextLong(1, 30), 1);
      tensors.add(new Tensor("t" + i, shape, ElementType.FLOAT32, i));
    }
    for (int i = 1; i <= size; i++) {
      TreeSet<Integer> inputs = new TreeSet<>(i == size ? loose : List.of(random.nextInt(i)));
      inputs.add(i - 1);
      loose.removeAll(inputs);
      loose.add(i);
      layers.add(
          new Layer(
              "layer" + i,
              "Conv",
              LayerKind.CONVOLUTION,
              Work.NONE,
              List.copyOf(inputs),
              List.of(i),
              new Division(Map.of(Strip.ROWS, field(random)))));
    }
    return new DnnGraph("tangle", layers, tensors, List.of(size));
  }

  private static ReceptiveField field(SplittableRandom random) {
    return random.nextInt(8) == 0
        ? ReceptiveField.EVERYTHING
        : new ReceptiveField.Sliding(
            random.nextLong(1, 4),
            random.nextLong(1, 3),
            random.nextInt(3) == 0 ? 2 : 1,
            random.nextLong(3));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void agreesInGraphsOfAnyWindows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = tangle(random, random.nextInt(1, 8));
    saysWhatIsTraversed(Funnel.of(graph, LayerSet.range(1, graph.size())), random);
  }

  @Test
  void graphsOfAnyWindowsAreOftenSteadyAndNotAlways() {
    long steady =
        IntStream.range(0, 300)
            .mapToObj(seed -> new SplittableRandom(seed))
            .map(random -> tangle(random, random.nextInt(1, 8)))
            .map(graph -> Funnel.of(graph, LayerSet.range(1, graph.size())))
            .filter(funnel -> funnel.track(Strip.ROWS, Piece.Kind.PART).orElseThrow().isSteady())
            .count();
    assertThat(steady).isBetween(30L, 270L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"VGG16", "YOLOV2", "RESNET50", "GOOGLENET", "MOBILENETV2", "INCEPTIONV4"})
  void agreesInNetworksOfTheZooWhichAreSteady(Zoo network) {
    SplittableRandom random = new SplittableRandom(network.id().length());
    DnnGraph graph = network.graph();
    List<Integer> ends = LegalCuts.positions(graph);
    for (int to = 1; to < ends.size(); to++) {
      int from = random.nextInt(to);
      LayerSet run = LayerSet.range(ends.get(from) + 1, ends.get(to) + 1);
      if (Footprint.outputs(graph, run).size() == 1) {
        Funnel funnel = Funnel.of(graph, run);
        saysWhatIsTraversed(funnel, random);
        for (int axis = 1; axis <= Strip.COLUMNS; axis++) {
          assertThat(funnel.track(axis, Piece.Kind.PART).map(Track::isSteady).orElse(true))
              .isTrue();
        }
      }
    }
  }
}
