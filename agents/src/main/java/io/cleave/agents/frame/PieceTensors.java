package io.cleave.agents.frame;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.dnn.TensorParts;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Footprint;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makers of pieces are given and give back.
 *
 * @param graph the network
 * @param held tensors of the frame at hand, by name
 */
record PieceTensors(DnnGraph graph, Map<String, TensorValue> held) {
  /** The parts of tensors at hand that a piece is made of. */
  List<TensorValue> inputs(Step step) {
    Footprint footprint = Footprint.of(graph, step.layers(), step.piece().orElseThrow());
    List<TensorValue> parts = new ArrayList<>();
    for (int input : footprint.inputs()) {
      parts.add(TensorParts.cut(held(graph.tensor(input)), footprint.part(input)));
    }
    return parts;
  }

  /** True if they are one piece of the right name and sizes. */
  boolean fit(Step step, List<TensorValue> tensors) {
    return tensors.size() == 1
        && tensors.get(0).name().equals(output(step).name())
        && tensors.get(0).kind() == ElementKind.FLOAT32
        && tensors.get(0).shape().equals(shape(step));
  }

  /** What stands for a piece that nobody made. */
  TensorValue zeros(Step step) {
    return TensorParts.zeros(output(step).name(), shape(step));
  }

  /** In as many samples as the frame has. */
  private List<Long> shape(Step step) {
    Tensor input = Frontier.of(graph, step).inputs().get(0);
    long samples = held(input).shape().get(0);
    List<Long> dims = new ArrayList<>(output(step).shape().dims());
    dims.set(0, dims.get(0) * samples / input.shape().dim(0));
    return dims;
  }

  private Tensor output(Step step) {
    return Frontier.of(graph, step).outputs().get(0);
  }

  private TensorValue held(Tensor tensor) {
    return Optional.ofNullable(held.get(tensor.name())).orElseThrow();
  }
}
