package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbeScheduleTest {
  private final ProbeSchedule probes = new ProbeSchedule();

  @Test
  void probesAtOnceAndThenBacksOffWhileNothingIsNew() {
    assertThat(probes.dueSeconds()).isZero();
    double now = 0;
    double[] gaps = new double[4];
    for (int i = 0; i < gaps.length; i++) {
      probes.answered(10e6, 10.5e6, now); // within a tenth: confirms
      gaps[i] = probes.dueSeconds() - now;
      now = probes.dueSeconds();
    }

    assertThat(gaps).containsExactly(0.5, 1, 1, 1);
  }

  @Test
  void startsAnewWhenAProbeBringsNews() {
    probes.answered(10e6, 10e6, 0);
    probes.answered(10e6, 5e6, 1);

    assertThat(probes.dueSeconds()).isEqualTo(1.25);
  }

  @Test
  void lostProbesBackOffWithinABound() {
    for (int i = 0; i < 20; i++) {
      probes.lost(i);
    }

    assertThat(probes.dueSeconds()).isEqualTo(19 + 1.0);
  }

  @Test
  void trafficPutsTheNextProbeOff() {
    probes.lost(0);
    probes.traffic(10);

    assertThat(probes.dueSeconds()).isEqualTo(10.25);
  }

  @Test
  void aProbeIsWorthTenMillisecondsWithinBounds() {
    assertThat(probes.bits(10e6)).isCloseTo(100e3, within(1e-6));
    assertThat(probes.bits(0)).isEqualTo(16_384); // during an outage: 2 kB
    assertThat(probes.bits(1e9)).isEqualTo(262_144);
  }
}
