package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void aSampleIsInForceUntilTheNext() {
    RoundTrip measured = RoundTrip.measured(new double[] {2, 5}, new double[] {0.1, 0.3});
    assertThat(measured.at(0)).isEqualTo(0.1); // before the first sample, the first
    assertThat(measured.at(2)).isEqualTo(0.1);
    assertThat(measured.at(4.9)).isEqualTo(0.1);
    assertThat(measured.at(5)).isEqualTo(0.3);
    assertThat(measured.at(99)).isEqualTo(0.3);
    assertThat(measured.meanSeconds()).isEqualTo(0.2, within(1e-12));
    assertThat(measured.isMeasured()).isTrue();
  }

  @Test
  void aConstantIsNoMeasurement() {
    RoundTrip constant = RoundTrip.constant(0.05);
    assertThat(constant.isMeasured()).isFalse();
    assertThat(constant.at(1234)).isEqualTo(0.05);
  }

  @Test
  void refusesImpossibleSamples() {
    assertThatThrownBy(() -> RoundTrip.constant(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> RoundTrip.constant(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> RoundTrip.measured(new double[0], new double[0]))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> RoundTrip.measured(new double[] {0}, new double[] {1, 2}))
        .hasMessageContaining("2 and 1");
    assertThatThrownBy(() -> RoundTrip.measured(new double[] {3, 1}, new double[] {1, 2}))
        .hasMessageContaining("1.0 s");
  }
}
