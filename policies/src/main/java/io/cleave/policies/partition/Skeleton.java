package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Codec;
import java.util.Arrays;

/**
 * The part of a partition problem that the network alone determines, in flat arrays. Vertices are
 * the layers in their order plus one virtual sink that needs every answer, so that any remote layer
 * makes the sink remote. Immutable.
 */
final class Skeleton {
  final int sink; // vertices are 0 (the input, on the device) to sink
  final int[] producer; // [tensor] vertex
  final Codec codec; // in which they cross
  final double[] bits; // [tensor] on the wire
  final double[] codecSeconds; // [tensor] infinite where too many answers would be lost
  final int[] readersFrom; // [tensors + 1] where a tensor's readers begin in readers
  final int[] readers; // vertices, the sink not among them
  final int[] answers; // tensors that the sink needs

  private Skeleton(DnnGraph graph, Codec codec, double mostLost) {
    int tensors = graph.tensors().size();
    sink = graph.size();
    producer = new int[tensors];
    this.codec = codec;
    bits = new double[tensors];
    codecSeconds = new double[tensors];
    readersFrom = new int[tensors + 1];
    for (int t = 0; t < tensors; t++) {
      producer[t] = graph.tensor(t).producer();
      bits[t] = codec.bits(graph.tensor(t));
      boolean bearable = graph.outputs().contains(t) || codec.lost(graph.tensor(t)) <= mostLost;
      codecSeconds[t] = bearable ? codec.seconds(graph.tensor(t)) : Double.POSITIVE_INFINITY;
      readersFrom[t + 1] = readersFrom[t] + graph.consumers(t).length;
    }
    readers = new int[readersFrom[tensors]];
    for (int t = 0; t < tensors; t++) {
      int[] consumers = graph.consumers(t);
      System.arraycopy(consumers, 0, readers, readersFrom[t], consumers.length);
    }
    answers = graph.outputs().stream().mapToInt(Integer::intValue).toArray();
  }

  /** With tensors as they are. */
  static Skeleton of(DnnGraph graph) {
    return of(graph, Codec.FP32, 1);
  }

  /**
   * With tensors in a codec's form; time O(layers + tensors + reads).
   *
   * @param mostLost share of the right answers that a tensor's form may cost, 0 to 1; where it
   *     costs more the tensor does not cross
   */
  static Skeleton of(DnnGraph graph, Codec codec, double mostLost) {
    return new Skeleton(graph, codec, mostLost);
  }

  int tensors() {
    return producer.length;
  }

  boolean isRead(int tensor) {
    return readersFrom[tensor] < readersFrom[tensor + 1];
  }

  /**
   * Cut vertices with layers behind them, ascending, the input first: every way from the input to
   * the sink passes each. One sweep: a vertex is one if no tensor made before it is read behind it.
   */
  int[] cutVertices() {
    int[] bounds = bounds();
    return Arrays.copyOf(bounds, bounds.length - 1);
  }

  /**
   * The cut vertices and where the last stretch ends: at the last layer if that is a cut vertex
   * itself, else at the sink.
   */
  int[] bounds() {
    int[] reach = new int[sink]; // [layer] furthest reader of its tensors
    for (int t = 0; t < tensors(); t++) {
      for (int r = readersFrom[t]; r < readersFrom[t + 1]; r++) {
        reach[producer[t]] = Math.max(reach[producer[t]], readers[r]);
      }
    }
    for (int answer : answers) {
      reach[producer[answer]] = sink;
    }
    int[] bounds = new int[sink + 1];
    int count = 0;
    int open = 0;
    for (int v = 0; v < sink; v++) {
      if (open <= v) {
        bounds[count++] = v;
      }
      open = Math.max(open, reach[v]);
    }
    if (bounds[count - 1] < sink - 1 || sink == 1) {
      bounds[count++] = sink;
    }
    return Arrays.copyOf(bounds, count);
  }
}
