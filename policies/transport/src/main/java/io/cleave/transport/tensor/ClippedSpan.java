package io.cleave.transport.tensor;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where few steps end. Values beyond count as the last step, so that those within are told apart
 * better: the span is cut where a sample of values is moved least, by the mean of squares. Of
 * values on both sides of 0 also those steps are tried that begin with the least value itself.
 *
 * <p>Source: clipping against rounding as in Banner, Nahshan, Soudry, "Post training 4-bit
 * quantization of convolutional networks for rapid-deployment", NeurIPS 2019 (as remembered), which
 * supposes a distribution; here the values themselves are tried. Complexity: O(1), 18 x 1024 steps.
 */
final class ClippedSpan {
  /** Parts of the span that are tried; the whole is first, so that it is kept where equal. */
  private static final double[] SHARES = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25};

  private static final int SAMPLE = 1024;

  private ClippedSpan() {}

  /**
   * The steps of half a byte that move a tensor's values least.
   *
   * @param span of the values, finite
   */
  static AffineSteps least(ValueSpan span, FloatBuffer values) {
    float[] sample = sample(values);
    List<AffineSteps> tried = new ArrayList<>();
    for (double share : SHARES) {
      tried.add(AffineSteps.covering(span.part(share), StepRange.FOUR_BITS));
    }
    for (double share : SHARES) {
      ValueSpan cut = new ValueSpan(span.least(), span.part(share).most());
      AffineSteps.beginningWithLeast(cut, StepRange.FOUR_BITS).ifPresent(tried::add);
    }
    AffineSteps best = tried.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (AffineSteps steps : tried) {
      double moved = moved(sample, steps);
      if (moved < least) {
        least = moved;
        best = steps;
      }
    }
    return best;
  }

  private static double moved(float[] sample, AffineSteps steps) {
    double perScale = 1.0 / steps.scale();
    double sum = 0;
    for (float value : sample) {
      double error = value * perScale - (steps.of(value) - steps.zeroPoint());
      sum += error * error;
    }
    return sum * steps.scale() * steps.scale();
  }

  /** Values at equal distances, an odd number of places apart so that no column is met only. */
  private static float[] sample(FloatBuffer values) {
    int size = values.remaining();
    int apart = Math.max(1, size / SAMPLE) | 1;
    float[] sample = new float[size == 0 ? 0 : (size - 1) / apart + 1];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values.get(i * apart);
    }
    return sample;
  }
}
