package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatienceTest {
  private static final int ANSWERS = 20_000;

  /** By adding up what answers cost that are spread as is assumed, and trying many delays. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void noOtherDelayIsExpectedToCostLess(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EnergyModel power = power(random, 0.5 + 4 * random.nextDouble());
    double rest = Math.pow(10, random.nextDouble(-2, 1));
    double perJoule = Math.pow(10, random.nextDouble(-2, 2));
    double patience = Patience.seconds(rest, power, perJoule);
    double due = patience / 10; // by which it should have come
    double least = expected(patience, due, rest, power, perJoule);
    for (double factor = 0.1; factor < 100; factor *= 1.3) {
      assertThat(expected(factor * patience, due, rest, power, perJoule))
          .as("%s times %s s", factor, patience)
          .isGreaterThanOrEqualTo(least * (1 - 1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void whereJoulesCostNothingNobodyWaitsAndTheDearerTheLonger(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EnergyModel power = power(random, 0.5 + 4 * random.nextDouble());
    double before = 0;
    assertThat(Patience.seconds(3, power, 0)).isZero();
    for (double perJoule = 1e-6; perJoule < 1e7; perJoule *= 7) {
      double patience = Patience.seconds(3, power, perJoule);
      assertThat(patience).isGreaterThan(before).isFinite();
      before = patience;
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void aBoardThatDrawsNoMoreByComputingNeedNotWait(long seed) {
    assertThat(Patience.seconds(3, power(new SplittableRandom(seed), 0), 5)).isZero();
  }

  private static EnergyModel power(SplittableRandom random, double more) {
    double idle = 2 * random.nextDouble();
    return new EnergyModel(idle + more, idle, new Radio(0, 0, random.nextDouble()));
  }

  /** Seconds and what joules are worth, over answers of which (due / t)^2 are later than t. */
  private static double expected(
      double delay, double due, double rest, EnergyModel power, double perJoule) {
    double sum = 0;
    for (int i = 0; i < ANSWERS; i++) {
      double answer = due / Math.sqrt((i + 0.5) / ANSWERS);
      double seconds = Math.min(answer, delay + rest);
      double computing = Math.max(0, seconds - delay);
      double joules =
          power.computeWatts() * computing
              + power.idleWatts() * (seconds - computing)
              + power.radio().baseWatts() * seconds;
      sum += seconds + perJoule * joules;
    }
    return sum / ANSWERS;
  }
}
