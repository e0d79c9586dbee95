package io.cleave.policies.onnx;

import java.util.List;
import java.util.SplittableRandom;

/** A tensor of floats with its sizes. */
final class Floats {
  private final List<Long> dims;
  private final float[] content;

  Floats(List<Long> dims, float[] content) {
    this.dims = List.copyOf(dims);
    this.content = content;
  }

  /** Uniform between -1 and 1. */
  static Floats random(long seed, List<Long> dims) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] content = new float[(int) ViewRules.product(dims, 0, dims.size())];
    for (int i = 0; i < content.length; i++) {
      content[i] = (float) (2 * random.nextDouble() - 1);
    }
    return new Floats(dims, content);
  }

  List<Long> dims() {
    return dims;
  }

  float[] content() {
    return content;
  }

  double largest() {
    double largest = 0;
    for (float element : content) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  /**
   * Largest difference to another tensor; infinite if the sizes differ or something is no number.
   */
  double difference(Floats other) {
    if (!dims.equals(other.dims)) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    for (int i = 0; i < content.length; i++) {
      double here = Math.abs(content[i] - other.content[i]);
      difference = Double.isNaN(here) ? Double.POSITIVE_INFINITY : Math.max(difference, here);
    }
    return difference;
  }

  /** The same, relative to this tensor's largest element. */
  double relativeDifference(Floats other) {
    return difference(other) / Math.max(1e-30, largest());
  }
}
