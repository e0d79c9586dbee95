package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.FittedProfile.Measured;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FittedProfileTest {
  private static final List<Zoo> KNOWN =
      Stream.of(Zoo.values()).filter(zoo -> !zoo.small() && !zoo.id().contains("alexnet")).toList();
  private static final List<Zoo> HELD_OUT = List.of(Zoo.ALEXNET, Zoo.ALEXNET_EXITS);

  /** Times that are linear in the inputs, with noise of one part in a thousand. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void findsTheLineThatMadeTheTimes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FittedProfile truth =
        new FittedProfile(
            Map.of(
                LayerKind.CONVOLUTION, List.of(2e-4, 3e-10, 4e-9),
                LayerKind.DEPTHWISE, List.of(1e-4, 2e-9, 5e-9),
                LayerKind.FULLY_CONNECTED, List.of(1e-4, 8e-8, 9e-7),
                LayerKind.POOL, List.of(1e-4, 4e-9, 6e-9),
                LayerKind.ELEMENTWISE, List.of(1e-4, 7e-9),
                LayerKind.MOVE, List.of(5e-5, 2e-9)),
            0.002);
    FittedProfile fitted =
        FittedProfile.of(
            measured(KNOWN, truth).stream().map(one -> noisy(one, 1e-3, random)).toList());
    assertThat(fitted.startSeconds()).isCloseTo(0.002, within(1e-12));
    for (FitQuality quality : FitQuality.of(fitted, measured(HELD_OUT, truth))) {
      assertThat(quality.meanError()).as("seed %d, %s", seed, quality).isLessThan(2e-3);
    }
  }

  /**
   * The paper's use: fitted to some networks, asked about others. Printed for the docs. A fully
   * connected layer takes the product of its sizes, which no line in the two sizes can say.
   */
  @ParameterizedTest
  @EnumSource(DeviceClass.class)
  void predictsLayersOfNetworksThatItHasNotSeen(DeviceClass machine) {
    FittedProfile fitted = FittedProfile.of(measured(KNOWN, machine.profile()));
    for (FitQuality quality : FitQuality.of(fitted, measured(HELD_OUT, machine.profile()))) {
      System.out.printf(
          "%-16s %-16s %3d layers held out, R2 %.3f, mean error %.1f %%%n",
          machine.id(),
          quality.kind(),
          quality.layers(),
          quality.determination(),
          100 * quality.meanError());
      boolean full = quality.kind() == LayerKind.FULLY_CONNECTED;
      // Element-wise layers: 4.0 % there, at most 1.9 % on the others.
      double others = machine == DeviceClass.MICROCONTROLLER ? 0.05 : 0.03;
      assertThat(quality.meanError()).as("%s", quality).isLessThan(full ? 0.5 : others);
      assertThat(quality.determination()).as("%s", quality).isGreaterThan(full ? 0 : 0.98);
    }
  }

  @Test
  void takesNoTimeForViews() {
    FittedProfile fitted = FittedProfile.of(measured(KNOWN, DeviceClass.RASPBERRY_PI_3B.profile()));
    DnnGraph graph = Zoo.ALEXNET.graph();
    LayerTimes times = fitted.times(graph);
    for (int i = 0; i < graph.size(); i++) {
      if (graph.layer(i).kind() == LayerKind.VIEW) {
        assertThat(times.layer(i)).isZero();
      }
    }
  }

  @Test
  void refusesKindsOfWhichItHasSeenTooFew() {
    FittedProfile fitted =
        FittedProfile.of(List.of(Measured.of(Zoo.VGG16.graph(), DeviceClass.LAPTOP.profile())));
    assertThatThrownBy(() -> fitted.times(Zoo.MOBILENETV2.graph()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mobilenetv2 has layers of kind DEPTHWISE")
        .hasMessageContaining("Maybe measure another network");
    assertThatThrownBy(() -> FittedProfile.of(List.of()))
        .hasMessageContaining("At least 1 measured network");
  }

  /** All four layers alike: many lines fit, and the one that is taken is right for them. */
  @Test
  void fitsLayersThatAreAllAlike() {
    DnnGraph graph = HandMade.chain(10, 10, 10, 10, 10);
    LayerTimes times = LayerTimes.of(new double[] {0, 0.5, 0.5, 0.5, 0.5}, 0);
    FittedProfile fitted = FittedProfile.of(List.of(new Measured(graph, times)));
    assertThat(fitted.times(graph).layer(2)).isCloseTo(0.5, within(1e-9));
  }

  private static List<Measured> measured(List<Zoo> networks, LayerProfile profile) {
    return networks.stream().map(zoo -> Measured.of(zoo.graph(), profile)).toList();
  }

  private static Measured noisy(Measured one, double part, SplittableRandom random) {
    double[] seconds = new double[one.graph().size()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = one.times().layer(i) * (1 + part * random.nextDouble(-1, 1));
    }
    return new Measured(one.graph(), LayerTimes.of(seconds, one.times().startSeconds()));
  }
}
