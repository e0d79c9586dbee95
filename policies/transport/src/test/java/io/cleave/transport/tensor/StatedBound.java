package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.transport.grpc.TensorHead;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * By how much each value of a tensor may have moved, as docs/codecs.md states it: worked out here
 * from the values sent, one after the other, and not by the classes that are tested.
 */
final class StatedBound {
  private final TensorHead head;
  private final double[] ranges; // [channel] from least to most, 0 included
  private final int stretch;

  private StatedBound(TensorHead head, double[] ranges, int stretch) {
    this.head = head;
    this.ranges = ranges;
    this.stretch = stretch;
  }

  static StatedBound of(TensorValue sent, TensorHead head) {
    FloatBuffer values = sent.data().asFloatBuffer();
    int channels = Math.max(1, head.getChannels());
    int stretch = 1;
    for (int axis = 2; axis < head.getShapeCount(); axis++) {
      stretch *= (int) head.getShape(axis);
    }
    double[] least = new double[channels];
    double[] most = new double[channels];
    for (int i = 0; i < values.limit(); i++) {
      int channel = channels == 1 ? 0 : i / stretch % channels;
      least[channel] = Math.min(least[channel], values.get(i));
      most[channel] = Math.max(most[channel], values.get(i));
    }
    double[] ranges = new double[channels];
    Arrays.setAll(ranges, channel -> most[channel] - least[channel]);
    return new StatedBound(head, ranges, stretch);
  }

  void check(float sent, float received, int place, String what) {
    if (Float.floatToIntBits(sent) == Float.floatToIntBits(received)) {
      return; // what is not a number, or infinite, comes back as it was or not at all
    }
    double bound = bound(sent, place);
    if (!(Math.abs((double) sent - received) <= bound)) { // the message costs more than the test
      assertThat((double) received)
          .as("%s, value %d of %s, may move by %s from %s", what, place, head, bound, sent)
          .isEqualTo(sent);
    }
  }

  private double bound(float sent, int place) {
    double size = Math.abs((double) sent);
    return switch (head.getForm()) {
      case FLOAT16 -> Math.max(size / 2048, Math.pow(2, -25));
      case INT8 -> half(ranges[0] / 255, size);
      case INT8_CHANNEL ->
          half(ranges[ranges.length == 1 ? 0 : place / stretch % ranges.length] / 255, size);
      case INT4, INT4_ZEROS -> Math.max(half(head.getScale(), size), beyond(sent));
      default -> 0;
    };
  }

  /** Half a step, beside single precision and the finest steps that there are. */
  private static double half(double step, double size) {
    return 0.5 * Math.max(step, Float.MIN_NORMAL) * (1 + 1e-6) + size * 1.2e-7;
  }

  /** How far a value lies beyond the first or last step. */
  private double beyond(float sent) {
    double first = head.getScale() * (double) (0 - head.getZeroPoint());
    double last = head.getScale() * (double) (15 - head.getZeroPoint());
    return Math.max(first - sent, sent - last) + Math.abs(sent) * 1.2e-7;
  }

  /** Steps of half a byte span at least a quarter of the values. */
  void checkClip() {
    assertThat(head.getScale() * 15.0).isGreaterThanOrEqualTo(ranges[0] / 4 * (1 - 1e-6));
  }
}
