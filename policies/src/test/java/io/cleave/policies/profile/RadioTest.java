package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RadioTest {
  @Test
  void powerGrowsWithTheRate() {
    Radio lte = new Radio(0.43839, 0.05197, 1.28804);
    // 5.85 Mbit in 1 s: 0.43839 x 5.85 + 1.28804 = 3.8526 J; 13.76 Mbit down: 2.0031 J
    assertThat(lte.sendJoules(5.85e6, 1)).isCloseTo(3.8526, within(1e-4));
    assertThat(lte.receiveJoules(13.76e6, 1)).isCloseTo(2.0031, within(1e-4));
  }

  @Test
  void zeroWattsForEverAreZeroJoules() {
    assertThat(new Radio(1, 1, 0).sendJoules(0, Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void refusesPowersThatAreNone() {
    assertThatThrownBy(() -> new Radio(-1, 0, 0)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Radio(0, Double.NaN, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Radio(0, 0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> new EnergyModel(Double.NaN, 0, new Radio(0, 0, 0)))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new EnergyModel(1, Double.POSITIVE_INFINITY, new Radio(0, 0, 0)))
        .hasMessageContaining("Infinity");
  }
}
