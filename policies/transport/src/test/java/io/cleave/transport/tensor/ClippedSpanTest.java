package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClippedSpanTest {
  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static AffineSteps chosen(float[] values) {
    return ClippedSpan.least(span(values), FloatBuffer.wrap(values));
  }

  private static ValueSpan span(float[] values) {
    float least = 0;
    float most = 0;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new ValueSpan(least, most);
  }

  private static double moved(float[] values, AffineSteps steps) {
    double sum = 0;
    for (float value : values) {
      double by = steps.toFloat(steps.of(value)) - (double) value;
      sum += by * by;
    }
    return sum / values.length;
  }

  /** From -1 to 1 and mostly -1, as a picture on a dark ground that is scaled so. */
  @ParameterizedTest
  @MethodSource("seeds")
  void keepsADarkGround(long seed) {
    Random random = new Random(seed);
    float[] picture = new float[784];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.nextBoolean() ? -1 : random.nextFloat() * 2 - 1;
    }
    AffineSteps steps = chosen(picture);
    assertThat(steps.toFloat(steps.of(-1f))).isCloseTo(-1, within(1e-6f));
  }

  /** Never worse than without clipping, and of few large values some are clipped. */
  @ParameterizedTest
  @MethodSource("seeds")
  void movesValuesLessThanTheWholeSpanWould(long seed) {
    Random random = new Random(seed);
    float[] values = new float[1000]; // no more than are looked at
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.exp(random.nextGaussian()));
    }
    AffineSteps whole = AffineSteps.covering(span(values), StepRange.FOUR_BITS);
    assertThat(moved(values, chosen(values))).isLessThan(moved(values, whole));
  }
}
