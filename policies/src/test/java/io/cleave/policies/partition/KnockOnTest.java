package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.plan.Demand;
import org.junit.jupiter.api.Test;

/** Two frames a second: a gap of 0.5 s. */
class KnockOnTest {
  private static final double EXACT = 1e-12;
  private final KnockOn even = new KnockOn(new Demand(2, 1, 0, 0));
  private final KnockOn random = new KnockOn(new Demand(2, 1, 0, 1));

  @Test
  void evenFramesDoNotMeetAUseThatEndsInTime() {
    assertThat(even.seconds(0, 0.5, 0.1)).isZero();
    assertThat(even.free(0.5)).isTrue();
    assertThat(even.free(0.6)).isFalse();
  }

  /** Until 1.2 s with 0.3 s free a gap: the next waits 0.7 s, then 0.4 s, then 0.1 s. */
  @Test
  void evenFramesWaitUntilTheBacklogIsGone() {
    assertThat(even.seconds(0, 1.2, 0.2)).isCloseTo(1.2, within(EXACT));
  }

  /** From 0.6 s to 1.1 s: the frame at 0.5 s has gone, the one at 1 s waits 0.1 s. */
  @Test
  void lateUseMeetsTheArrivalThatFallsInIt() {
    assertThat(even.seconds(0.6, 1.1, 0.4)).isCloseTo(0.1, within(EXACT));
  }

  /** 2 frames a second x 0.4^2 / 2, over 1 - 2 x 0.25 that is free. */
  @Test
  void randomFramesWaitHalfOfTheUseTheyFallInto() {
    assertThat(random.seconds(0, 0.4, 0.25)).isCloseTo(0.32, within(EXACT));
    assertThat(random.free(0.1)).isFalse();
  }

  @Test
  void halfRandomFramesWaitHalfAsMuchMore() {
    KnockOn half = new KnockOn(new Demand(2, 1, 0, 0.5));
    assertThat(half.seconds(0, 0.4, 0.25)).isCloseTo(0.16, within(EXACT));
  }

  @Test
  void overloadIsDearButFiniteAndMoreOverloadDearer() {
    for (KnockOn knockOn : new KnockOn[] {even, random}) {
      double some = knockOn.seconds(0, 0.6, 0.6);
      double more = knockOn.seconds(0, 0.9, 0.9);
      assertThat(some).isBetween(1.0, 100.0);
      assertThat(more).isGreaterThan(some).isFinite();
    }
  }

  @Test
  void endlessUseDelaysEndlesslyAndNoUseNothing() {
    assertThat(even.seconds(0, Double.POSITIVE_INFINITY, 0)).isInfinite();
    assertThat(random.seconds(3, 3, 0)).isZero();
  }
}
