package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.NetworkPart;
import io.cleave.policies.onnx.Zoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NetworkHalfTest {
  private static final int BATCH = 4;
  private static final double RATE = 0.1;
  private static final double TOLERANCE = 1e-4; // of the weight's largest figure

  @BeforeAll
  static void offline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1"); // several wait for each other
  }

  /** Behind the first operator, in the middle, before the last; three seeds. */
  @ParameterizedTest
  @EnumSource(names = {"LENET_EXITS", "ALEXNET_EXITS", "RESNET20_EXITS"})
  void slopesAndWeightsAreThoseOfTheUndividedStep(Zoo zoo) {
    Architecture network = zoo.architecture().trunk();
    int all = network.operators().size();
    for (long seed = 1; seed <= 3; seed++) {
      for (int cut : List.of(1, all / 2, all - 1)) {
        compare(network, cut, seed, 1);
      }
    }
  }

  private static void compare(Architecture network, int cut, long seed, int steps) {
    NetworkPart whole = network.part(0, network.operators().size());
    NetworkPart before = network.part(0, cut);
    NetworkPart behind = network.part(cut, network.operators().size());
    assertThat(before.outputs()).containsAll(behind.inputs());
    try (NetworkHalf undivided = new NetworkHalf(network, whole, seed);
        NetworkHalf near = new NetworkHalf(network, before, seed);
        NetworkHalf far = new NetworkHalf(network, behind, seed)) {
      for (int step = 0; step < steps; step++) {
        Map<String, Signal> images = images(10 * seed + step);
        long[] labels = {1, 7, 3, (seed + step) % 10};
        NetworkHalf.Turn all = undivided.turn(images, labels, List.of());
        Map<String, Signal> crossing = near.forward(images);
        NetworkHalf.Turn turn = far.turn(crossing, labels, List.copyOf(crossing.keySet()));
        near.backward(turn.slopes());
        assertThat(turn.loss()).isCloseTo(all.loss(), within(1e-5));
        assertSame(undivided.slopes(), joined(near.slopes(), far.slopes()));
        undivided.descend(RATE);
        near.descend(RATE);
        far.descend(RATE);
        assertSame(undivided.weights(), joined(near.weights(), far.weights()));
      }
    }
  }

  /** A skip connection goes over the cut: two tensors cross, and two slopes come back. */
  @Test
  void severalTensorsCrossWhereABranchIsCut() {
    Architecture network = Zoo.RESNET20_EXITS.architecture().trunk();
    int cut = network.operators().indexOf("conv2") + 1;
    assertThat(network.part(0, cut).outputs()).hasSize(2);
    compare(network, cut, 5, 3);
  }

  @Test
  void aStepChangesTheWeightsAndTheirSlopes() {
    Architecture network = Zoo.LENET_EXITS.architecture().trunk();
    NetworkPart whole = network.part(0, network.operators().size());
    List<Double> losses = new ArrayList<>();
    try (NetworkHalf half = new NetworkHalf(network, whole, 1)) {
      for (int step = 0; step < 5; step++) {
        losses.add(half.turn(images(3), new long[] {1, 2, 3, 4}, List.of()).loss());
        half.descend(0.005);
      }
    }
    assertThat(losses.get(4)).isLessThan(losses.get(0));
  }

  @Test
  void refusesNumbersThatDoNotFitTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signal(new long[] {2, 3}, new float[5]))
        .withMessage("A tensor of [2, 3] takes 6 numbers, not 5.");
  }

  private static Map<String, Signal> images(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[BATCH * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Map.of("input", new Signal(new long[] {BATCH, 1, 28, 28}, pixels));
  }

  private static Map<String, float[]> joined(Map<String, float[]> one, Map<String, float[]> other) {
    Map<String, float[]> both = new LinkedHashMap<>(one);
    both.putAll(other);
    assertThat(both).hasSize(one.size() + other.size());
    return both;
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (name, figures) -> {
          float[] ours = Objects.requireNonNull(actual.get(name));
          double largest = 0;
          double apart = 0;
          for (int i = 0; i < figures.length; i++) {
            largest = Math.max(largest, Math.abs(figures[i]));
            apart = Math.max(apart, Math.abs((double) figures[i] - ours[i]));
          }
          assertThat(largest).as(name).isPositive();
          assertThat(apart).as(name).isLessThanOrEqualTo(TOLERANCE * largest);
        });
  }
}
