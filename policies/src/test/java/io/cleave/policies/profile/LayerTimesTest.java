package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.graph.LayerSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTimesTest {
  private final LayerTimes times = LayerTimes.of(new double[] {0, 1, 2, 4}, 0.5);

  @Test
  void runTakesOneStartAndItsLayers() {
    assertThat(times.run(LayerSet.of(0, 1, 2, 3))).isEqualTo(7.5);
    assertThat(times.run(LayerSet.of(1, 3))).isEqualTo(5.5); // 0.5 + 1 + 4
  }

  @Test
  void inputAloneIsNoRun() {
    assertThat(times.run(LayerSet.of(0))).isZero();
    assertThat(times.run(LayerSet.of())).isZero();
  }

  @Test
  void twoRunsTakeLongerThanOneByOneStart() {
    double split = times.run(LayerSet.range(0, 2)) + times.run(LayerSet.range(2, 4));
    assertThat(split).isEqualTo(times.run(LayerSet.range(0, 4)) + 0.5);
  }

  @Test
  void betweenLeavesTheStartOut() {
    assertThat(times.between(1, 3)).isEqualTo(3);
    assertThat(times.layer(3)).isEqualTo(4);
  }

  @Test
  void slowdownStretchesLayersAndStart() {
    LayerTimes slow = times.scaled(3);
    assertThat(slow.startSeconds()).isEqualTo(1.5);
    assertThat(slow.run(LayerSet.of(1, 2))).isCloseTo(10.5, within(1e-12)); // 3 x 3.5
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesTimesThatAreNone(double bad) {
    assertThatThrownBy(() -> LayerTimes.of(new double[] {0, bad}, 0))
        .hasMessageContaining("layer 1")
        .hasMessageContaining(String.valueOf(bad));
    assertThatThrownBy(() -> LayerTimes.of(new double[] {0, 1}, bad)).hasMessageContaining("start");
    assertThatThrownBy(() -> times.scaled(bad)).hasMessageContaining("slowdown");
  }

  @Test
  void refusesAnInputThatTakesTime() {
    assertThatThrownBy(() -> LayerTimes.of(new double[] {1, 1}, 0)).hasMessageContaining("input");
    assertThatThrownBy(() -> LayerTimes.of(new double[0], 0)).hasMessageContaining("input");
  }

  @Test
  void refusesAnotherNetwork() {
    assertThatThrownBy(() -> times.checkFits(HandMade.chain(1, 1)))
        .hasMessageContaining("4 layers do not fit chain with 2 layers");
  }
}
