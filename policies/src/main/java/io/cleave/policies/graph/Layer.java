package io.cleave.policies.graph;

import java.util.List;

/**
 * One operator of the network; its index is its place in {@link DnnGraph#layers()}.
 *
 * @param name unique in the graph
 * @param operator as the model file calls it, {@code Conv}
 * @param kind what bounds its time
 * @param work what it costs
 * @param inputs indices of the live tensors that it reads (no weights), each once
 * @param outputs indices of the tensors that it makes
 * @param division how it can be shared among machines
 */
public record Layer(
    String name,
    String operator,
    LayerKind kind,
    Work work,
    List<Integer> inputs,
    List<Integer> outputs,
    Division division) {
  /** A layer that stays in one piece. */
  public Layer(
      String name,
      String operator,
      LayerKind kind,
      Work work,
      List<Integer> inputs,
      List<Integer> outputs) {
    this(name, operator, kind, work, inputs, outputs, Division.NONE);
  }

  public Layer {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
