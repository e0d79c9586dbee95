package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.profile.LayerTimes;
import java.util.BitSet;

/**
 * The way back through a network that learns: the same layers mirrored.
 *
 * <p>A layer computes the loss's slopes by its parameters, if it has any, and by what it reads, if
 * anything before it has parameters. Either takes as many multiply-accumulates as the layer itself:
 * convolutions and fully connected layers take twice their forward work, the first of them once,
 * and layers without parameters once.
 */
final class Backward {
  private final double[] multiple; // [layer] of its forward time: 0, 1 or 2
  private final BitSet sloped;

  private Backward(double[] multiple, BitSet sloped) {
    this.multiple = multiple;
    this.sloped = sloped;
  }

  /** Time O(layers + reads). */
  static Backward of(DnnGraph graph) {
    double[] multiple = new double[graph.size()];
    BitSet sloped = new BitSet();
    for (int i = 1; i < multiple.length; i++) {
      Layer layer = graph.layer(i);
      int learned = layer.work().parameters() > 0 ? 1 : 0;
      int passed = layer.inputs().stream().anyMatch(sloped::get) ? 1 : 0;
      multiple[i] = learned + passed;
      if (multiple[i] > 0) {
        layer.outputs().forEach(sloped::set);
      }
    }
    return new Backward(multiple, sloped);
  }

  /** Tensors by which the loss has a slope that is needed. Not a copy. */
  BitSet sloped() {
    return sloped;
  }

  /** Seconds of the layers before each, mirrored: [layers + 1]. */
  double[] secondsBefore(LayerTimes times) {
    double[] before = new double[multiple.length + 1];
    for (int i = 0; i < multiple.length; i++) {
      before[i + 1] = before[i] + multiple[i] * times.layer(i);
    }
    return before;
  }
}
