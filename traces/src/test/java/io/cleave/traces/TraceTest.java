package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Capacity TEN = new Capacity(new double[] {0, 4, 10}, new double[] {1, 2});
  private static final Capacity ELEVEN = new Capacity(new double[] {0, 11}, new double[] {1});
  private static final RoundTrip RTT = RoundTrip.constant(0.05);

  @Test
  void refusesDirectionsThatWouldDriftApart() {
    assertThatThrownBy(() -> new Trace("x", "s", TEN, ELEVEN, RTT))
        .hasMessageContaining("10.0 s and 11.0 s");
  }

  @Test
  void aShorterTraceKeepsBothDirectionsOnOneClock() {
    Trace oneWay = new Trace("x", "s", TEN, TEN, RTT).first(5);
    assertThat(oneWay.periodSeconds()).isEqualTo(5);
    assertThat(oneWay.oneWay()).isTrue();
    Trace bothWays = new Trace("x", "s", ELEVEN.first(10), TEN, RTT).first(5);
    assertThat(bothWays.oneWay()).isFalse();
    assertThat(bothWays.up().bitsPerLap()).isEqualTo(5);
    assertThat(bothWays.down().bitsPerLap()).isEqualTo(6); // 4 x 1 + 1 x 2
  }
}
