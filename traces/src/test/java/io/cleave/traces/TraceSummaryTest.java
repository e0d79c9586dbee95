package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class TraceSummaryTest {
  @Test
  void weighsByTime() {
    Capacity down =
        new Capacity(new double[] {0, 1, 3, 4, 5}, new double[] {10e6, 0.05e6, 0, 4.9e6});
    Capacity up = new Capacity(new double[] {0, 5}, new double[] {1e6});
    Trace trace = new Trace("t", "s", up, down, RoundTrip.constant(0.05));
    TraceSummary summary = TraceSummary.down(trace);
    assertThat(summary.durationSeconds()).isEqualTo(5);
    assertThat(summary.steps()).isEqualTo(4);
    assertThat(summary.meanMbps()).isEqualTo(3, within(1e-9)); // (10 + 2 x 0.05 + 0 + 4.9) / 5
    // (7^2 + 2 x 2.95^2 + 3^2 + 1.9^2) / 5 = 15.803, root 3.97530
    assertThat(summary.deviationMbps()).isEqualTo(3.97530, within(1e-5));
    assertThat(summary.variation()).isEqualTo(1.32510, within(1e-5));
    assertThat(summary.minMbps()).isZero();
    assertThat(summary.maxMbps()).isEqualTo(10);
    assertThat(summary.longestOutageSeconds()).isEqualTo(3); // 2 s of 0.05 and 1 s of nothing
    assertThat(summary.zeroShare()).isEqualTo(0.2);
    assertThat(summary.medianStepSeconds()).isEqualTo(1);
    assertThat(summary.warnings()).isEmpty();
    assertThat(TraceSummary.up(trace).variation()).isZero();
  }
}
