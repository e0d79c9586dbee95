package io.cleave.policies.graph;

import io.cleave.policies.units.ByteCount;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A neural network: layers in an order in which they can run, joined by tensors. Layer 0 stands for
 * the network's input. Weights and constants are no tensors here: only what depends on an input is
 * alive and can cross a cut. Immutable.
 */
public final class DnnGraph {
  private final String name;
  private final List<Layer> layers;
  private final List<Tensor> tensors;
  private final List<Integer> outputs;
  private final int[][] consumers; // [tensor] -> layers that read it, ascending

  /**
   * Checks and freezes a network.
   *
   * @param name shown to people
   * @param layers in topological order, layer 0 of kind INPUT
   * @param tensors whose producer makes them
   * @param outputs indices of the tensors that the network answers with
   * @throws IllegalArgumentException if an order, index or reader is wrong, or a layer leads
   *     nowhere
   */
  public DnnGraph(String name, List<Layer> layers, List<Tensor> tensors, List<Integer> outputs) {
    this.name = name;
    this.layers = List.copyOf(layers);
    this.tensors = List.copyOf(tensors);
    this.outputs = List.copyOf(outputs);
    this.consumers = consumers();
    check();
  }

  public String name() {
    return name;
  }

  /** The same network with other knowledge of its tensors. */
  public DnnGraph with(UnaryOperator<Tensor> knowledge) {
    return new DnnGraph(name, layers, tensors.stream().map(knowledge).toList(), outputs);
  }

  /** What was measured of these layers in eight bits, if they are all that leads to a tensor. */
  public Optional<EightBits> eightBits(LayerSet leading) {
    for (int t = 0; t < tensors.size(); t++) {
      if (tensors.get(t).eightBits().isPresent()
          && leading.contains(tensors.get(t).producer())
          && leadingTo(t).equals(leading)) {
        return tensors.get(t).eightBits();
      }
    }
    return Optional.empty();
  }

  /** All layers, an order in which they can run; the first is the input. */
  public List<Layer> layers() {
    return layers;
  }

  public List<Tensor> tensors() {
    return tensors;
  }

  /** Indices of the tensors that the network answers with. */
  public List<Integer> outputs() {
    return outputs;
  }

  public int size() {
    return layers.size();
  }

  public Layer layer(int index) {
    return layers.get(index);
  }

  public Tensor tensor(int index) {
    return tensors.get(index);
  }

  /** Layers that read this tensor, ascending. Not a copy: do not change it. */
  public int[] consumers(int tensor) {
    return consumers[tensor];
  }

  public ByteCount inputSize() {
    return sizeOf(layers.get(0).outputs());
  }

  public ByteCount sizeOf(List<Integer> indices) {
    ByteCount sum = new ByteCount(0);
    for (int index : indices) {
      sum = sum.plus(tensors.get(index).size());
    }
    return sum;
  }

  public long multiplyAccumulates() {
    return layers.stream().mapToLong(layer -> layer.work().multiplyAccumulates()).sum();
  }

  public long parameters() {
    return layers.stream().mapToLong(layer -> layer.work().parameters()).sum();
  }

  public LayerSet all() {
    return LayerSet.range(0, layers.size());
  }

  /** The layers that lead to a tensor, the input and the one that makes it included. */
  public LayerSet leadingTo(int tensor) {
    BitSet leading = new BitSet(layers.size());
    leading.set(0);
    leading.set(tensors.get(tensor).producer());
    for (int i = layers.size() - 1; i > 0; i--) {
      if (leading.get(i)) {
        layers.get(i).inputs().forEach(input -> leading.set(tensors.get(input).producer()));
      }
    }
    return LayerSet.of(leading);
  }

  /** True if every layer but the input reads exactly the outputs of the layer before it. */
  public boolean isChain() {
    for (int i = 1; i < layers.size(); i++) {
      if (!layers.get(i).inputs().equals(layers.get(i - 1).outputs())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The cut behind these layers.
   *
   * @throws IllegalArgumentException if the input is missing or a layer runs before one it needs
   */
  public Cut cut(LayerSet near) {
    if (!near.contains(0)) {
      throw new IllegalArgumentException(
          "A cut of %s must hold layer 0, the input.".formatted(name));
    }
    List<Integer> crossing = new ArrayList<>();
    for (int t = 0; t < tensors.size(); t++) {
      boolean made = near.contains(tensors.get(t).producer());
      boolean crosses = false;
      for (int reader : consumers[t]) {
        if (!made && near.contains(reader)) {
          throw new IllegalArgumentException(
              "Layer %s of %s needs tensor %s, whose producer lies behind the cut."
                  .formatted(layers.get(reader).name(), name, tensors.get(t).name()));
        }
        crosses |= made && !near.contains(reader);
      }
      if (crosses) {
        crossing.add(t);
      }
    }
    return new Cut(near, crossing, sizeOf(crossing));
  }

  private int[][] consumers() {
    List<List<Integer>> readers = new ArrayList<>();
    tensors.forEach(tensor -> readers.add(new ArrayList<>()));
    for (int i = 0; i < layers.size(); i++) {
      for (int tensor : layers.get(i).inputs()) {
        readers.get(tensor).add(i);
      }
    }
    return readers.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private void check() {
    if (layers.isEmpty() || layers.get(0).kind() != LayerKind.INPUT) {
      throw new IllegalArgumentException("Layer 0 of %s must be its input.".formatted(name));
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("%s has no output.".formatted(name));
    }
    for (int t = 0; t < tensors.size(); t++) {
      int producer = tensors.get(t).producer();
      if (!layers.get(producer).outputs().contains(t)) {
        throw new IllegalArgumentException(
            "Layer %s does not make tensor %s."
                .formatted(layers.get(producer).name(), tensors.get(t).name()));
      }
      for (int reader : consumers[t]) {
        if (reader <= producer) {
          throw new IllegalArgumentException(
              "%s is not in an order in which it can run: layer %s reads tensor %s before it is made."
                  .formatted(name, layers.get(reader).name(), tensors.get(t).name()));
        }
      }
    }
    checkConnected();
  }

  private void checkConnected() {
    BitSet useful = new BitSet();
    for (int i = layers.size() - 1; i >= 0; i--) {
      for (int t : layers.get(i).outputs()) {
        boolean used = outputs.contains(t);
        for (int reader : consumers[t]) {
          used |= useful.get(reader);
        }
        if (used) {
          useful.set(i);
        }
      }
      if (!useful.get(i)) {
        throw new IllegalArgumentException(
            "The graph of %s is disconnected: layer %s leads to no output."
                .formatted(name, layers.get(i).name()));
      }
      if (i > 0 && layers.get(i).inputs().isEmpty()) {
        throw new IllegalArgumentException(
            "The graph of %s is disconnected: layer %s depends on no input."
                .formatted(name, layers.get(i).name()));
      }
    }
  }
}
