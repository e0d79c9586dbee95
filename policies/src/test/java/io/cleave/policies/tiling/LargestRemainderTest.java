package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LargestRemainderTest {
  @Test
  void givesTheRestToTheLargestRemainders() {
    // Quotas 4.3, 3.8 and 1.9 of 10: 4, 3 and 1; the two left go to .9 and .8.
    assertThat(LargestRemainder.split(new double[] {4.3, 3.8, 1.9}, 10)).containsExactly(4, 4, 2);
  }

  @Test
  void givesOfEqualRemaindersTheFirst() {
    assertThat(LargestRemainder.split(new double[] {1, 1, 1}, 4)).containsExactly(2, 1, 1);
  }

  @Test
  void smallSharesMayGetNothing() {
    assertThat(LargestRemainder.split(new double[] {100, 1}, 7)).containsExactly(7, 0);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void givesEachAtLeastTheWholeAndLessThanOneMoreThanTheQuota(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] weights = random.doubles(random.nextInt(1, 6), 0.01, 5).toArray();
    long total = random.nextLong(1, 60);
    long[] places = LargestRemainder.split(weights, total);
    double sum = java.util.Arrays.stream(weights).sum();
    assertThat(LongStream.of(places).sum()).isEqualTo(total);
    for (int i = 0; i < weights.length; i++) {
      double quota = total * weights[i] / sum;
      assertThat((double) places[i]).isBetween(Math.floor(quota - 1e-9), Math.ceil(quota + 1e-9));
    }
  }

  /** Many equal weights, so that many remainders are equal. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isTheMethodSortedByRemainders(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] weights = random.ints(random.nextInt(1, 20), 1, 4).asDoubleStream().toArray();
    long total = random.nextLong(1, 300);
    double sum = DoubleStream.of(weights).sum();
    double[] quotas = DoubleStream.of(weights).map(weight -> total * (weight / sum)).toArray();
    long[] expected = DoubleStream.of(quotas).mapToLong(quota -> (long) quota).toArray();
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> expected[i] - quotas[i]))
        .limit(total - LongStream.of(expected).sum())
        .toList()
        .forEach(i -> expected[i]++);
    assertThat(LargestRemainder.split(weights, total)).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatThrownBy(() -> LargestRemainder.split(new double[] {1, Double.NaN}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> LargestRemainder.split(new double[] {0, 0}, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
