package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AffineStepsTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void movesNoValueByMoreThanHalfAScale(long seed) {
    Random random = new Random(seed);
    double size = Math.pow(10, random.nextInt(76) - 38);
    double offset = random.nextInt(3) - 1;
    float[] values = new float[1 + random.nextInt(500)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * (random.nextGaussian() + 2 * offset));
    }
    AffineSteps steps = fitting(values);
    for (float value : values) {
      double error = Math.abs((double) steps.toFloat(steps.of(value)) - value);
      // Beside the half step: rounding of the product to single precision.
      double bound = 0.5 * steps.scale() + Math.ulp(256 * steps.scale());
      assertThat(error).as("%s in %s, seed %d", value, steps, seed).isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsZeroExactly(long seed) {
    Random random = new Random(seed);
    float[] values = {(float) random.nextGaussian() * 100, (float) random.nextGaussian()};
    AffineSteps steps = fitting(values);
    assertThat(steps.toFloat(steps.of(0f))).isZero();
    assertThat(steps.zeroPoint()).isBetween(-128, 127);
  }

  /** And still no value moves by more than half a scale, and 0 by nothing. */
  @ParameterizedTest
  @MethodSource("seeds")
  void beginsWithTheLeastValueIfAsked(long seed) {
    Random random = new Random(seed);
    float least = (float) -Math.exp(3 * random.nextGaussian());
    float most = (float) (-least * 2 * random.nextDouble());
    AffineSteps steps =
        AffineSteps.beginningWithLeast(new ValueSpan(least, most), StepRange.FOUR_BITS)
            .orElseThrow();
    assertThat(steps.of(least)).isEqualTo(StepRange.FOUR_BITS.least());
    assertThat(steps.toFloat(steps.of(least))).isCloseTo(least, within(2 * Math.ulp(least)));
    assertThat(steps.toFloat(steps.of(0f))).isZero();
    for (float value = least; value <= most; value += (most - least) / 97) {
      assertThat(Math.abs(steps.toFloat(steps.of(value)) - value))
          .as("%s in %s", value, steps)
          .isLessThanOrEqualTo(0.5f * steps.scale() + Math.ulp(16 * steps.scale()));
    }
  }

  @Test
  void hasNothingToBeginWithWhereNoValueIsFarBelowZero() {
    for (ValueSpan span :
        new ValueSpan[] {
          ValueSpan.ZERO,
          new ValueSpan(0, 3),
          new ValueSpan(-0.1f, 3),
          new ValueSpan(-Float.MIN_VALUE, 0)
        }) {
      assertThat(AffineSteps.beginningWithLeast(span, StepRange.FOUR_BITS))
          .as("%s", span)
          .isEmpty();
    }
  }

  @Test
  void usesAllStepsFromLeastToMost() {
    // 255 steps from -1 to 4: scale 5/255, zero at -128 + 51.
    AffineSteps steps = fitting(-1, 4);
    assertThat(steps.scale()).isCloseTo(5f / 255, within(1e-8f));
    assertThat(steps.zeroPoint()).isEqualTo(-77);
    assertThat(steps.of(-1)).isEqualTo(-128);
    assertThat(steps.of(4)).isEqualTo(127);
  }

  @Test
  void coversAConstantAndTheWidestRange() {
    AffineSteps zeros = fitting(0, 0, 0);
    assertThat(zeros.toFloat(zeros.of(0))).isZero();
    AffineSteps widest = fitting(-Float.MAX_VALUE, Float.MAX_VALUE);
    assertThat((double) widest.toFloat(widest.of(Float.MAX_VALUE)))
        .isGreaterThanOrEqualTo(Float.MAX_VALUE - 0.5 * widest.scale());
  }

  /** The greatest value is a whole number of steps that rounds to more than any float. */
  @Test
  void neverMakesAFiniteValueInfinite() {
    for (StepRange range : StepRange.values()) {
      for (float most = Float.MAX_VALUE; most > 3.4e38f; most -= 0x1p110f) {
        AffineSteps steps = AffineSteps.covering(new ValueSpan(0, most), range);
        assertThat(steps.toFloat(steps.of(most))).as("%s", most).isFinite();
      }
    }
  }

  @Test
  void knowsWhatIsNotFinite() {
    float[] bad = {Float.NaN, -Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (float value : bad) {
      assertThat(span(1, value, 2).finite()).isFalse();
    }
    float negativeNotANumber = Float.intBitsToFloat(0xffc0_0000);
    assertThat(span(1, negativeNotANumber, 2).finite()).isFalse();
    assertThat(span(-3, -0f, 2)).isEqualTo(new ValueSpan(-3, 2));
  }

  private static AffineSteps fitting(float... values) {
    return AffineSteps.covering(span(values), StepRange.EIGHT_BITS);
  }

  private static ValueSpan span(float... values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return ValueSpan.ZERO.with(bits, 0, bits.length);
  }
}
