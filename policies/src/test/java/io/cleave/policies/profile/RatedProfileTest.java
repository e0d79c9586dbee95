package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import org.junit.jupiter.api.Test;

final class RatedProfileTest {
  private static final Rates RATES =
      new Rates(new Rates.Flops(1e9, 0.5e9, 0.25e9), 1e9, 1e-4, 1e-3);

  @Test
  void convolutionTakesTheLongerOfArithmeticAndMemory() {
    DnnGraph graph = Zoo.SMALL_CHAIN.graph();
    LayerTimes times = new RatedProfile(RATES).times(graph);
    // conv1: 8 x 16 x 16 outputs from 3 x 3 x 3: 55,296 MAC = 110,592 FLOP -> 110.6 us, beats
    // (768 + 2048 + 224) * 4 B = 12,160 B -> 12.2 us; plus 100 us.
    assertThat(times.layer(1)).isCloseTo(210.592e-6, within(1e-12));
    // relu: reads and writes 2048 floats = 16,384 B -> 16.4 us; plus 100 us.
    assertThat(times.layer(2)).isCloseTo(116.384e-6, within(1e-12));
    assertThat(times.startSeconds()).isEqualTo(1e-3);
  }

  @Test
  void viewsAndTheInputTakeNothing() {
    LayerTimes times = new RatedProfile(RATES).times(Zoo.SMALL_CHAIN.graph());
    assertThat(times.layer(0)).isZero();
    assertThat(times.layer(7)).isZero(); // flatten
  }

  @Test
  void refusesRatesThatAreNoRates() {
    assertThatThrownBy(() -> new Rates.Flops(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("convolution rate");
    assertThatThrownBy(() -> new Rates(new Rates.Flops(1, 1, 1), Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory rate");
  }
}
