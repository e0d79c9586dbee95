package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RateEstimatorTest {
  private final RateEstimator estimator = new RateEstimator();

  @Test
  void oneImpossibleSampleDoesNotPoisonTheEstimate() {
    // Hard case 4: 1,250,000 B in 1 s is 10 Mbit/s; 64,000 B in 0 ms would be infinite.
    assertThat(estimator.sample(10e6, 1, 1)).isTrue();
    assertThat(estimator.sample(512e3, 0, 1)).isFalse();
    assertThat(estimator.sample(10e6, 1, 2)).isTrue();

    assertThat(estimator.bitsPerSecond()).isCloseTo(10e6, within(0.1e6));
    assertThat(estimator.rejected()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1e6, NaN, 1",
    "NaN, 1, 1",
    "1e6, -1, 1",
    "-1, 1, 1",
    "Infinity, 1, 1",
    "1e6, Infinity, 1",
    "1e6, 1, NaN",
    "1e6, 1e-5, 1", // shorter than a clock can tell
    "100, 0.001, 1", // a header
  })
  void dropsAndCountsWhatCannotBeTrueOrSaysNothing(double bits, double seconds, double now) {
    estimator.sample(10e6, 1, 0.5);

    assertThat(estimator.sample(bits, seconds, now)).isFalse();
    assertThat(estimator.rejected()).isEqualTo(1);
    assertThat(estimator.bitsPerSecond()).isEqualTo(10e6);
  }

  @Test
  void isUnknownUntilTheFirstGoodSample() {
    estimator.sample(1e6, 0, 0);

    assertThat(estimator.known()).isFalse();
    assertThat(estimator.bitsPerSecond()).isZero();
  }

  @Test
  void seesAnOutageWhileItHappens() {
    estimator.sample(20e6, 1, 1);
    for (int i = 1; i <= 10; i++) {
      estimator.sample(0, 0.1, 1 + 0.1 * i); // a transfer that does not move
    }

    // Four half-lives of 0.25 s: 20 Mbit/s / 16.
    assertThat(estimator.bitsPerSecond()).isCloseTo(20e6 / 16, within(0.1e6));
  }

  @Test
  void recoversWithinATenthOfASecondOfTrafficAfterALongOutage() {
    estimator.sample(20e6, 1, 1);
    estimator.sample(0, 10, 11);
    // One probe of 20 ms four seconds later: what was before has faded to 2^-16.
    estimator.sample(0.4e6, 0.02, 15);

    assertThat(estimator.bitsPerSecond()).isGreaterThan(0.99 * 20e6);
  }

  @Test
  void aSampleStandsForTheTimeSinceTheOneBefore() {
    estimator.sample(10e6, 1, 1);
    estimator.sample(5e6, 0.25, 1.25); // 20 Mbit/s for one half-life: (10 + 20) / 2
    assertThat(estimator.bitsPerSecond()).isCloseTo(15e6, within(1.0));

    estimator.sample(0.1e6, 0.01, 1.75); // 10 Mbit/s after two half-lives: (15 + 3 * 10) / 4
    assertThat(estimator.bitsPerSecond()).isCloseTo(11.25e6, within(1.0));
  }

  @Test
  void remembersHowWrongItsPromisesWere() {
    for (int i = 0; i < 128; i++) {
      estimator.outcome(10e6, i % 2 == 0 ? 5e6 : 20e6, i);
    }

    // Half of all outcomes were half the promise, half were twice: 15 quantiles, the middle one
    // belongs to the upper half.
    assertThat(estimator.error().ratios()).hasSize(15).containsOnly(0.5, 2.0);
    assertThat(estimator.error().ratios().stream().filter(r -> r == 0.5)).hasSize(7);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void tellsQuantilesOfTheLastOutcomes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int outcomes = random.nextInt(128, 400);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < outcomes; i++) {
      double ratio = random.nextInt(9) / 4.0; // many are equal
      estimator.outcome(1e6, ratio * 1e6, i);
      ratios.add(ratio);
    }
    List<Double> last = ratios.subList(outcomes - 128, outcomes).stream().sorted().toList();
    List<Double> quantiles =
        IntStream.range(0, 15).mapToObj(i -> last.get((int) ((i + 0.5) / 15 * 128))).toList();
    assertThat(estimator.error().ratios()).isEqualTo(quantiles);
  }

  @Test
  void aBurstOfSmallTransfersCountsOnce() {
    for (int i = 0; i < 1000; i++) {
      estimator.outcome(10e6, 0, i * 1e-4); // 0.1 s in all
    }

    // One of nine outcomes with the eight prior ones: at most two of the fifteen quantiles.
    assertThat(estimator.error().ratios().stream().filter(ratio -> ratio == 0)).hasSize(2);
  }

  @Test
  void believesInSomeErrorBeforeAnythingWasSeen() {
    assertThat(estimator.error().ratios().get(0)).isEqualTo(0.5);
    assertThat(estimator.error().ratios().get(14)).isEqualTo(1.5);
  }
}
