package io.cleave.policies.separable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClippedLevelsTest {
  private static final ClippedLevels LEVELS = new ClippedLevels(0.5, 3.5, 4); // 0.2 a level

  @Test
  void clipsAndRounds() {
    assertThat(LEVELS.step()).isCloseTo(0.2, within(1e-12));
    assertThat(LEVELS.level(-7)).isZero();
    assertThat(LEVELS.level(0.59)).isZero();
    assertThat(LEVELS.level(0.61)).isEqualTo(1);
    assertThat(LEVELS.level(3.5)).isEqualTo(15);
    assertThat(LEVELS.level(Double.POSITIVE_INFINITY)).isEqualTo(15);
    assertThat(LEVELS.value(15)).isCloseTo(3.0, within(1e-12));
    assertThat(LEVELS.value(0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isNeverOffByMoreThanHalfALevel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double lower = random.nextDouble(2);
    ClippedLevels levels =
        new ClippedLevels(lower, lower + random.nextDouble(0.1, 9), random.nextInt(1, 9));
    for (int i = 0; i < 100; i++) {
      double value = random.nextDouble(-1, 12);
      double clipped = Math.min(Math.max(value, lower), levels.upper()) - lower;
      assertThat(levels.value(levels.level(value)))
          .isCloseTo(clipped, within(levels.step() / 2 + 1e-9));
      assertThat(levels.level(levels.value(levels.level(value)) + lower))
          .isEqualTo(levels.level(value));
    }
  }

  @Test
  void refusesWhatIsNoLevel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LEVELS.level(Double.NaN))
        .withMessageContaining("not a number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LEVELS.value(16))
        .withMessageContaining("0..15, not 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClippedLevels(2, 1, 4))
        .withMessageContaining("2.0 and 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClippedLevels(0, Double.NaN, 4))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClippedLevels(0, 1, 9))
        .withMessageContaining("1 to 8 bits, not 9");
  }
}
