package io.cleave.policies.onnx;

import io.cleave.policies.graph.Span;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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

  /** Some places of an axis. */
  Floats part(int axis, Span span) {
    int inner = (int) ViewRules.product(dims, axis + 1, dims.size());
    int outer = (int) ViewRules.product(dims, 0, axis);
    List<Long> sizes = new ArrayList<>(dims);
    sizes.set(axis, span.length());
    FloatBuffer part = FloatBuffer.allocate((int) (outer * span.length() * inner));
    for (int block = 0; block < outer; block++) {
      int from = (int) (block * dims.get(axis) + span.from()) * inner;
      part.put(content, from, (int) span.length() * inner);
    }
    return new Floats(sizes, part.array());
  }

  /** Parts one after the other along an axis. */
  static Floats joined(List<Floats> parts, int axis) {
    List<Long> sizes = new ArrayList<>(parts.get(0).dims);
    sizes.set(axis, parts.stream().mapToLong(part -> part.dims.get(axis)).sum());
    int outer = (int) ViewRules.product(sizes, 0, axis);
    FloatBuffer joined = FloatBuffer.allocate((int) ViewRules.product(sizes, 0, sizes.size()));
    for (int block = 0; block < outer; block++) {
      for (Floats part : parts) {
        int length = part.content.length / outer;
        joined.put(part.content, block * length, length);
      }
    }
    return new Floats(sizes, joined.array());
  }

  /** All of one size, added up. */
  static Floats sum(List<Floats> summands) {
    float[] sum = new float[summands.get(0).content.length];
    for (Floats summand : summands) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += summand.content[i];
      }
    }
    return new Floats(summands.get(0).dims, sum);
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
