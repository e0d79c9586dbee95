package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SumTest {
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isThatOfAStreamToTheLastBit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] figures =
        random.doubles(random.nextInt(1, 30)).map(each -> Math.pow(10, 20 * each - 10)).toArray();
    int from = random.nextInt(figures.length);
    double part = Arrays.stream(figures, from, figures.length).sum();
    assertThat(Sum.of(figures, from, figures.length)).isEqualTo(part);
    assertThat(Sum.mean(figures)).isEqualTo(Arrays.stream(figures).average().orElseThrow());
  }
}
