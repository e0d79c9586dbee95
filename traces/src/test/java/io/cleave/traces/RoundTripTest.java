package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RoundTripTest {
  @Test
  void holdsTheLastSampleAndBeforeTheFirstTheFirst() {
    RoundTrip roundTrip = RoundTrip.measured(new double[] {1, 3}, new double[] {0.1, 0.2});
    assertThat(roundTrip.at(0)).isEqualTo(0.1);
    assertThat(roundTrip.at(2.9)).isEqualTo(0.1);
    assertThat(roundTrip.at(3)).isEqualTo(0.2);
    assertThat(roundTrip.at(99)).isEqualTo(0.2);
  }

  @Test
  void refusesWhatIsNoSeries() {
    assertThatThrownBy(() -> RoundTrip.constant(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> RoundTrip.measured(new double[] {}, new double[] {}))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> RoundTrip.measured(new double[] {2, 1}, new double[] {0, 0}))
        .hasMessageContaining("1.0 s comes after 2.0 s");
  }
}
