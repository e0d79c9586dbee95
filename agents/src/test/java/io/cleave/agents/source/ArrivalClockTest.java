package io.cleave.agents.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.agents.settings.Arrivals;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalClockTest {
  private static final long SEED = 7;
  private static final double RATE = 2;

  /** As a simulated run does: the seed of the arrivals is the first number of the run's seed. */
  private static SplittableRandom simulated() {
    return new SplittableRandom(new SplittableRandom(SEED).nextLong());
  }

  @Test
  void comesEvenlyFromTheSimulatedPhase() {
    double phase = simulated().nextDouble();
    ArrivalClock clock = new ArrivalClock(Arrivals.PERIODIC, RATE, SEED, Double.POSITIVE_INFINITY);
    for (int frame = 0; frame < 5; frame++) {
      assertThat(clock.frame()).isEqualTo(frame);
      assertThat(clock.seconds()).isCloseTo((frame + phase) / RATE, within(1e-12));
      clock.advance();
    }
  }

  @Test
  void comesAtTheSimulatedRandomTimes() {
    SplittableRandom random = simulated();
    double ignoredPhase = random.nextDouble();
    assertThat(ignoredPhase).isBetween(0.0, 1.0);
    ArrivalClock clock = new ArrivalClock(Arrivals.POISSON, RATE, SEED, Double.POSITIVE_INFINITY);
    double expected = 0;
    for (int frame = 0; frame < 5; frame++) {
      expected += -Math.log1p(-random.nextDouble()) / RATE;
      assertThat(clock.seconds()).isCloseTo(expected, within(1e-12));
      clock.advance();
    }
  }

  @Test
  void endsInTime() {
    ArrivalClock clock = new ArrivalClock(Arrivals.PERIODIC, RATE, SEED, 1);
    clock.advance();
    clock.advance();
    assertThat(clock.seconds()).isInfinite();
  }

  /** The numbers are those of a simulated run with seed 1 and 0.8 frames a second. */
  @ParameterizedTest
  @CsvSource({
    "PERIODIC, 0.46023689456458683, 1.7102368945645867, 2.9602368945645865",
    "POISSON, 3.593315146221208, 3.6512064990909194, 5.529387380476978"
  })
  void repeatsASimulatedRun(Arrivals arrivals, double first, double second, double third) {
    ArrivalClock clock = new ArrivalClock(arrivals, 0.8, 1, Double.POSITIVE_INFINITY);
    for (double expected : new double[] {first, second, third}) {
      assertThat(clock.seconds()).isEqualTo(expected);
      clock.advance();
    }
  }
}
