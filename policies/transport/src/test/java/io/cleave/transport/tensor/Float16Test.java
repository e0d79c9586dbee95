package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Float16Test {
  /** What the standard says each finite half is worth that is not negative, by its bits. */
  private static final double[] WORTH = worth();

  private static double[] worth() {
    double[] worth = new double[0x7c00];
    for (int bits = 0; bits < worth.length; bits++) {
      int exponent = bits >>> 10;
      double fraction = (bits & 0x3ff) / 1024.0;
      worth[bits] =
          exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
    }
    return worth;
  }

  @Test
  void everyHalfComesBackAsItself() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      short half = (short) bits;
      float value = Float16.toFloat(half);
      if (Float.isNaN(value)) {
        assertThat(Float.isNaN(Float16.toFloat(Float16.of(value)))).isTrue();
      } else {
        assertThat(Float16.of(value)).as("half %x", bits).isEqualTo(half);
      }
    }
  }

  @Test
  void everyFiniteHalfIsWorthWhatTheStandardSays() {
    for (int bits = 0; bits < WORTH.length; bits++) {
      assertThat((double) Float16.toFloat((short) bits)).isEqualTo(WORTH[bits]);
      assertThat((double) Float16.toFloat((short) (bits | 0x8000))).isEqualTo(-WORTH[bits]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void roundsToTheNearestAndTiesToEven(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      // Exponents from far below the smallest half to just above the largest.
      float value = (float) ((1 + random.nextDouble()) * Math.pow(2, random.nextInt(44) - 28));
      int bits = random.nextInt(WORTH.length - 1);
      checkRounding(value, seed);
      checkRounding((float) ((WORTH[bits] + WORTH[bits + 1]) / 2), seed);
    }
  }

  private static void checkRounding(float value, long seed) {
    int found = Arrays.binarySearch(WORTH, value);
    int expected = found >= 0 ? found : nearest(-found - 2, value);
    assertThat(Float16.of(value)).as("%s, seed %d", value, seed).isEqualTo((short) expected);
    assertThat(Float16.of(-value)).as("-%s", value).isEqualTo((short) (expected | 0x8000));
  }

  /** Of the half below and the one above it; the one above the largest would be 65536. */
  private static int nearest(int below, double value) {
    double above = below + 1 < WORTH.length ? WORTH[below + 1] : 65536;
    double down = value - WORTH[below];
    double up = above - value;
    if (down == up) {
      return below % 2 == 0 ? below : below + 1;
    }
    return down < up ? below : below + 1;
  }

  @Test
  void keepsWhatIsNotANumberAndLosesWhatIsTooLarge() {
    assertThat(Float16.toFloat(Float16.of(Float.NaN))).isNaN();
    // A NaN whose payload lies in the bits that are cut off must not become infinite.
    assertThat(Float16.toFloat(Float16.of(Float.intBitsToFloat(0x7f80_0001)))).isNaN();
    assertThat(Float16.toFloat(Float16.of(Float.POSITIVE_INFINITY))).isPositive().isInfinite();
    assertThat(Float16.toFloat(Float16.of(-1e30f))).isNegative().isInfinite();
    assertThat(Float16.toFloat(Float16.of(65519.99f))).isEqualTo(65504f);
    assertThat(Float16.toFloat(Float16.of(65520f))).isInfinite();
    assertThat(Float16.of(-0f)).isEqualTo((short) 0x8000);
  }
}
