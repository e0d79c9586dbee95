package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AffineInt8Test {
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
    AffineInt8 steps = AffineInt8.fitting(FloatBuffer.wrap(values));
    assertThat(steps.fits()).isTrue();
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
    AffineInt8 steps = AffineInt8.fitting(FloatBuffer.wrap(values));
    assertThat(steps.toFloat(steps.of(0f))).isZero();
    assertThat(steps.zeroPoint()).isBetween(-128, 127);
  }

  @Test
  void usesAllStepsFromLeastToMost() {
    // 255 steps from -1 to 4: scale 5/255, zero at -128 + 51.
    AffineInt8 steps = AffineInt8.covering(-1, 4);
    assertThat(steps.scale()).isCloseTo(5f / 255, within(1e-8f));
    assertThat(steps.zeroPoint()).isEqualTo(-77);
    assertThat(steps.of(-1)).isEqualTo((byte) -128);
    assertThat(steps.of(4)).isEqualTo((byte) 127);
  }

  @Test
  void coversAConstantAndTheWidestRange() {
    AffineInt8 zeros = AffineInt8.fitting(FloatBuffer.wrap(new float[3]));
    assertThat(zeros.toFloat(zeros.of(0))).isZero();
    AffineInt8 widest =
        AffineInt8.fitting(FloatBuffer.wrap(new float[] {-Float.MAX_VALUE, Float.MAX_VALUE}));
    assertThat(widest.fits()).isTrue();
    assertThat((double) widest.toFloat(widest.of(Float.MAX_VALUE)))
        .isGreaterThanOrEqualTo(Float.MAX_VALUE - 0.5 * widest.scale());
  }

  @Test
  void doesNotFitWhatIsNotFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThat(AffineInt8.fitting(FloatBuffer.wrap(new float[] {1, bad, 2})).fits()).isFalse();
    }
  }
}
