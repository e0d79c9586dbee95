package io.cleave.policies.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SliceNeedTest {
  @Test
  void ofAChainTwoNeighboursAndTheInputAreAlive() {
    // Bytes of tensors: 40, 80, 120, 4. Alive: 40+80, 40+80+120 = 240, 40+120+4.
    DnnGraph graph =
        Networks.from(10)
            .layer(100, List.of(0), 20)
            .layer(200, List.of(1), 30)
            .layer(300, List.of(2), 1)
            .graph();
    assertThat(SliceNeed.of(graph, graph.all())).isEqualTo(new Need(600, 240));
    // From the second on, tensor 1 is what the caller holds: 80+120, 80+120+4 = 204.
    assertThat(SliceNeed.of(graph, LayerSet.of(2, 3))).isEqualTo(new Need(500, 204));
    // The input alone is there, and nothing is run.
    assertThat(SliceNeed.of(graph, LayerSet.of(0))).isEqualTo(new Need(0, 40));
  }

  @Test
  void aShortcutLivesUntilItIsAdded() {
    // t1 is read by l2 and, as a shortcut, by l4. Bytes: 4, 40, 80, 40, 40.
    // l2: 4+40+80 = 124; l3: 4+40+80+40 = 164; l4: 4+40+40+40 = 124.
    DnnGraph graph =
        Networks.from(1)
            .layer(0, List.of(0), 10)
            .layer(8, List.of(1), 20)
            .layer(8, List.of(2), 10)
            .layer(0, List.of(1, 3), 10)
            .graph();
    assertThat(SliceNeed.of(graph, graph.all())).isEqualTo(new Need(16, 164));
    // Cut in the block: t1 leaves with t2, and stays: l1 4+40, l2 4+40+80 = 124.
    assertThat(SliceNeed.of(graph, LayerSet.of(0, 1, 2))).isEqualTo(new Need(8, 124));
  }

  @Test
  void channelsAndSummandsHaveWeightsOfTheirOwn() {
    // VGG16: 64 to 128 and 128 to 128 channels, windows of 3 x 3, biases.
    DnnGraph graph = Zoo.VGG16.graph();
    long first = graph.layer(6).work().parameterBytes();
    long second = graph.layer(8).work().parameterBytes();
    LayerSet pair = LayerSet.of(6, 7, 8);
    Piece quarter = Piece.sum(1, new Span(0, 32));
    assertThat(SliceNeed.of(graph, pair, Footprint.of(graph, pair, quarter)).weightBytes())
        .isEqualTo((first + second) / 4);
    Piece half = Piece.of(1, new Span(64, 128));
    assertThat(SliceNeed.of(graph, pair, Footprint.of(graph, pair, half)).weightBytes())
        .isEqualTo(first + second / 2);
    LayerSet alone = LayerSet.of(8);
    Need addend = SliceNeed.of(graph, alone, Footprint.of(graph, alone, quarter));
    assertThat(addend.weightBytes()).isEqualTo(second / 4);
    // A quarter of what is read, all of what is made: 112 x 112 x (32 + 128) floats.
    assertThat(addend.tensorBytes()).isEqualTo(112L * 112 * 160 * 4);
  }

  @Test
  void ofATileTheHaloCounts() {
    // A 1x2x8x8 image through two padded 3x3 windows with 3 and 2 channels, floats.
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    Division image = new Division(Map.of(2, same, 3, same));
    DnnGraph graph =
        Networks.from(1, 2, 8, 8)
            .layer(216, image, List.of(0), 1, 3, 8, 8)
            .layer(216, image, List.of(1), 1, 2, 8, 8)
            .graph();
    LayerSet run = LayerSet.of(1, 2);
    // Whole: t0 512, t1 768, t2 512 bytes, all alive while the second layer runs.
    assertThat(SliceNeed.of(graph, run)).isEqualTo(new Need(432, 1792));
    // The tile of 4x4 in the corner reads 5x5 of t1 and 6x6 of t0:
    // 2*36*4 = 288, 3*25*4 = 300, 2*16*4 = 128. Weights are whole.
    Piece corner = Piece.tile(new Span(0, 4), new Span(0, 4));
    assertThat(SliceNeed.of(graph, run, Footprint.of(graph, run, corner)))
        .isEqualTo(new Need(432, 716));
    // 2x2 in the middle: 6x6 of t0, 4x4 of t1: 288, 192, 32.
    Piece middle = Piece.tile(new Span(3, 5), new Span(3, 5));
    assertThat(SliceNeed.of(graph, run, Footprint.of(graph, run, middle)))
        .isEqualTo(new Need(432, 512));
  }

  @Test
  void neuronsHaveWeightsOfTheirOwn() {
    Division neurons = new Division(Map.of(1, ReceptiveField.EVERYTHING));
    Division each = new Division(Map.of(1, ReceptiveField.POINT));
    DnnGraph graph =
        Networks.from(1, 100)
            .layer(4040, neurons, List.of(0), 1, 10)
            .layer(0, each, List.of(1), 1, 10)
            .graph();
    LayerSet run = LayerSet.of(1, 2);
    Footprint three = Footprint.of(graph, run, Piece.of(1, new Span(2, 5)));
    // 3 of 10 neurons: 1212 bytes; all of the input, 400, and twice 3 values.
    assertThat(SliceNeed.of(graph, run, three)).isEqualTo(new Need(1212, 424));
  }

  /** Step by step, the set of what lives looked through anew before and after each layer. */
  private static long bruteForce(DnnGraph graph, LayerSet run) {
    Set<Integer> held = new TreeSet<>();
    run.forEach(
        layer ->
            graph.layer(layer).inputs().stream()
                .filter(t -> !run.contains(graph.tensor(t).producer()))
                .forEach(held::add));
    if (run.contains(0)) {
      held.addAll(graph.layer(0).outputs());
    }
    Set<Integer> callers = new TreeSet<>(held);
    BitSet done = new BitSet();
    done.set(0);
    long peak = bytes(graph, held);
    for (int layer : run.stream().filter(each -> each > 0).toArray()) {
      held.addAll(graph.layer(layer).outputs());
      peak = Math.max(peak, bytes(graph, held));
      done.set(layer);
      held.removeIf(
          tensor ->
              !callers.contains(tensor)
                  && !graph.outputs().contains(tensor)
                  && Arrays.stream(graph.consumers(tensor))
                      .allMatch(reader -> run.contains(reader) && done.get(reader)));
    }
    return peak;
  }

  private static long bytes(DnnGraph graph, Set<Integer> tensors) {
    return graph.sizeOf(List.copyOf(tensors)).bytes();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void agreesWithLookingStepByStep(long seed) {
    DnnGraph graph = RandomProblems.dag(seed, 14).graph();
    SplittableRandom random = new SplittableRandom(seed);
    BitSet some = new BitSet();
    for (int layer = 0; layer < graph.size(); layer++) {
      some.set(layer, random.nextInt(3) > 0);
    }
    some.set(graph.size() - 1);
    for (LayerSet run : List.of(graph.all(), LayerSet.of(some))) {
      assertThat(SliceNeed.of(graph, run).tensorBytes()).isEqualTo(bruteForce(graph, run));
    }
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void agreesWithItOnTheZoo(Zoo zoo) {
    DnnGraph graph = zoo.graph();
    for (int cut = 1; cut < graph.size(); cut += 7) {
      LayerSet near = LayerSet.range(0, cut);
      LayerSet far = graph.all().minus(near);
      assertThat(SliceNeed.of(graph, near).tensorBytes()).isEqualTo(bruteForce(graph, near));
      assertThat(SliceNeed.of(graph, far).tensorBytes()).isEqualTo(bruteForce(graph, far));
      assertThat(SliceNeed.of(graph, near).weightBytes() + SliceNeed.of(graph, far).weightBytes())
          .isEqualTo(graph.layers().stream().mapToLong(l -> l.work().parameterBytes()).sum());
    }
  }

  @Test
  void knowsWhatAlexNetNeeds() {
    // 61 million parameters are 244 MB; of tensors, fp32: the 224x224 image, 0.6 MB, and what the
    // first convolution makes, 64x55x55, before and behind its activation, 0.77 MB each.
    Need need = SliceNeed.of(Zoo.ALEXNET.graph(), Zoo.ALEXNET.graph().all());
    assertThat(need.weightBytes()).isEqualTo(4 * Zoo.ALEXNET.graph().parameters());
    assertThat(need.tensorBytes()).isEqualTo(4 * (3L * 224 * 224 + 2L * 64 * 55 * 55));
  }
}
