package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PresenceTest {
  @Test
  void staysAndGoesForWhilesOfTheGivenMeans() {
    Presence presence = Presence.random(3, 1, 100_000, new SplittableRandom(1));
    double there = 0;
    int changes = 0;
    for (double time = 0; time < 100_000; ) {
      double next = Math.min(100_000, presence.next(time));
      there += presence.at(time) ? next - time : 0;
      assertThat(presence.at((time + next) / 2)).isEqualTo(presence.at(time));
      time = next;
      changes++;
    }
    assertThat(there / 100_000).isCloseTo(0.75, offset(0.02));
    assertThat(changes / 100_000.0).isCloseTo(2 / 4.0, offset(0.02));
    assertThat(presence.next(100_000)).isInfinite();
  }

  @Test
  void isThereAtFirstAsOftenAsLaterOn() {
    int there = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      there += Presence.random(1, 3, 1, new SplittableRandom(seed)).at(0) ? 1 : 0;
    }
    assertThat(there / 2_000.0).isCloseTo(0.25, offset(0.04));
  }

  @Test
  void doesNotChangeIfNothingIsSaid() {
    assertThat(Presence.ALWAYS.at(0)).isTrue();
    assertThat(Presence.ALWAYS.at(1e9)).isTrue();
    assertThat(Presence.ALWAYS.next(0)).isInfinite();
  }
}
