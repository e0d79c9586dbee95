package io.cleave.policies.memory;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * How many bytes of tensors are alive while layers run one after the other in ascending order.
 *
 * <p>What the layers read and do not make, and the network's input, is there from the beginning to
 * the end, since whoever calls holds it; what others read of them, or the network answers with,
 * stays from when it is made; any other tensor lives from the layer that makes it to its last
 * reader, that reader included.
 *
 * <p><b>Source:</b> live ranges, as compilers and memory planners of inference engines use them.
 * <b>Complexity:</b> O(layers + tensors read or made). <b>Assumes</b> that each tensor has a place
 * of its own. <b>Differs</b> from what an engine does: it may work in place or keep the order
 * otherwise, and needs room to compute in; none of that is known here.
 */
final class Liveness {
  private final DnnGraph graph;
  private final LayerSet layers;
  private final IntToLongFunction bytes;

  /**
   * @param bytes of a tensor by index, or of the part of it that is read or made
   */
  Liveness(DnnGraph graph, LayerSet layers, IntToLongFunction bytes) {
    this.graph = graph;
    this.layers = layers;
    this.bytes = bytes;
  }

  /** At the worst moment. */
  long peakBytes() {
    long live = inputBytes();
    long peak = live;
    for (int layer = layers.next(1); layer >= 0; layer = layers.next(layer + 1)) {
      List<Integer> made = graph.layer(layer).outputs();
      live += sum(made);
      peak = Math.max(peak, live);
      for (int tensor : made) {
        live -= graph.consumers(tensor).length == 0 && !leaves(tensor) ? bytes(tensor) : 0;
      }
      for (int tensor : graph.layer(layer).inputs()) {
        live -=
            madeHere(tensor) && lastReader(tensor) == layer && !leaves(tensor) ? bytes(tensor) : 0;
      }
    }
    return peak;
  }

  /** Of what is there before the first layer runs. */
  private long inputBytes() {
    BitSet inputs = new BitSet();
    if (layers.contains(0)) {
      graph.layer(0).outputs().forEach(inputs::set);
    }
    for (int layer = layers.next(1); layer >= 0; layer = layers.next(layer + 1)) {
      for (int tensor : graph.layer(layer).inputs()) {
        inputs.set(tensor, !madeHere(tensor));
      }
    }
    return inputs.stream().mapToLong(this::bytes).sum();
  }

  private long sum(List<Integer> tensors) {
    long sum = 0;
    for (int tensor : tensors) {
      sum += bytes(tensor);
    }
    return sum;
  }

  private boolean madeHere(int tensor) {
    int producer = graph.tensor(tensor).producer();
    return producer > 0 && layers.contains(producer);
  }

  private int lastReader(int tensor) {
    int[] readers = graph.consumers(tensor);
    return readers[readers.length - 1];
  }

  /** True if others read it, or the network answers with it. */
  private boolean leaves(int tensor) {
    if (graph.outputs().contains(tensor)) {
      return true;
    }
    for (int reader : graph.consumers(tensor)) {
      if (!layers.contains(reader)) {
        return true;
      }
    }
    return false;
  }

  private long bytes(int tensor) {
    return bytes.applyAsLong(tensor);
  }
}
