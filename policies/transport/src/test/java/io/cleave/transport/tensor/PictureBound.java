package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * By how much a JPEG may have moved the values of a block of 8 x 8, as docs/codecs.md states it:
 * the root of the mean of their squares, and each value. The cosine transform keeps sums of
 * squares, and no coefficient moves by more than half its step; a value moves most if all do so,
 * each with the sign that its wave has there.
 */
final class PictureBound {
  /** Half steps of coefficients, [v * 8 + u]. */
  private static final double[] HALVES = halves();

  /** Of a block's samples: 6.7 steps for quality 0.9. */
  private static final double QUANTISED = quantised();

  /** Of one sample: 44.5 steps. */
  private static final double LARGEST = largest();

  /** Rounding to steps and in the transforms, there and back. */
  private static final double ROUNDED = 1.5;

  /** What the error of brightness and of two differences of colour may be in a colour. */
  private static final double[] GAINS = {1 + 1.402, 1 + 0.3441 + 0.7141, 1 + 1.772};

  private static final double COLOURS_ROUNDED = 1;

  private PictureBound() {}

  private static double[] halves() {
    return Arrays.stream(JPEGQTable.K1Luminance.getTable())
        .mapToDouble(whole -> Math.max(1, Math.rint(whole / 5.0)) / 2)
        .toArray();
  }

  private static double quantised() {
    return Math.sqrt(Arrays.stream(HALVES).map(half -> half * half).sum() / 64);
  }

  private static double largest() {
    double largest = 0;
    for (int place = 0; place < 64; place++) {
      double sum = 0;
      for (int wave = 0; wave < 64; wave++) {
        sum += HALVES[wave] * Math.abs(wave(wave % 8, place % 8) * wave(wave / 8, place / 8));
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double wave(int frequency, int place) {
    double scale = frequency == 0 ? Math.sqrt(1.0 / 8) : 0.5;
    return scale * Math.cos((2 * place + 1) * frequency * Math.PI / 16);
  }

  static void check(TensorValue sent, TensorValue received, String what) {
    int planes = Math.toIntExact(sent.shape().get(1));
    int height = Math.toIntExact(sent.shape().get(2));
    int width = Math.toIntExact(sent.shape().get(3));
    FloatBuffer from = sent.data().asFloatBuffer();
    FloatBuffer to = received.data().asFloatBuffer();
    for (int plane = 0; plane < planes; plane++) {
      int start = plane * height * width;
      double step = Math.max(range(from, start, height * width) / 255, Float.MIN_NORMAL);
      double bound = bound(QUANTISED, planes, plane);
      double each = bound(LARGEST, planes, plane);
      for (int row = 0; row < height; row += 8) {
        for (int column = 0; column < width; column += 8) {
          double sum = 0;
          double worst = 0;
          for (int y = row; y < Math.min(height, row + 8); y++) {
            for (int x = column; x < Math.min(width, column + 8); x++) {
              int place = start + y * width + x;
              double error = ((double) from.get(place) - to.get(place)) / step;
              sum += error * error;
              worst = Math.max(worst, Math.abs(error));
            }
          }
          assertThat(Math.sqrt(sum / 64))
              .as("%s, plane %d, block at %d, %d of %s", what, plane, row, column, sent.shape())
              .isLessThanOrEqualTo(bound);
          assertThat(worst).as(what).isLessThanOrEqualTo(each);
        }
      }
    }
  }

  private static double bound(double quantised, int planes, int plane) {
    return planes == 1
        ? quantised + ROUNDED
        : GAINS[plane] * (quantised + ROUNDED) + COLOURS_ROUNDED;
  }

  private static double range(FloatBuffer values, int from, int count) {
    double least = 0;
    double most = 0;
    for (int i = from; i < from + count; i++) {
      least = Math.min(least, values.get(i));
      most = Math.max(most, values.get(i));
    }
    return most - least;
  }
}
