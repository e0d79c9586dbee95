package io.cleave.agents.frame;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.dnn.TensorParts;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makers of pieces are given and give back. Owned by the loop. */
final class PieceTensors {
  private final DnnGraph graph;
  private final Map<String, TensorValue> held;
  private final Map<Portion, Step> ways = new HashMap<>(); // of those that were taken
  private final Map<String, TensorValue> handedOn = new HashMap<>(); // from tile to tile, by name

  /**
   * @param graph the network
   * @param held tensors of the frame at hand, by name
   */
  PieceTensors(DnnGraph graph, Map<String, TensorValue> held) {
    this.graph = graph;
    this.held = held;
  }

  /** True of a piece that is made of what its neighbours made. */
  boolean reuses(Portion portion) {
    return !way(portion).equals(portion.alone());
  }

  /** How a piece is made: of what its neighbours made if that is here when it is taken. */
  Step way(Portion portion) {
    return ways.computeIfAbsent(portion, each -> ready(each.step()) ? each.step() : each.alone());
  }

  private boolean ready(Step step) {
    return making(step).reads().stream()
        .allMatch(patch -> held.containsKey(patch.name()) || handedOn.containsKey(patch.name()));
  }

  /** What a piece is made of: parts of tensors at hand, and what its neighbours handed on. */
  List<TensorValue> inputs(Step step) {
    List<TensorValue> parts = new ArrayList<>();
    for (Patch patch : making(step).reads()) {
      parts.add(
          Optional.ofNullable(handedOn.get(patch.name()))
              .orElseGet(() -> TensorParts.cut(held(patch.name()), patch.places())));
    }
    return parts;
  }

  /** True if they are the piece, and what it hands on, of the right names and sizes. */
  boolean fit(Step step, List<TensorValue> tensors) {
    List<Tensor> outputs = Frontier.of(graph, step).outputs();
    boolean fits = tensors.size() == outputs.size();
    for (int i = 0; fits && i < outputs.size(); i++) {
      fits =
          tensors.get(i).name().equals(outputs.get(i).name())
              && tensors.get(i).kind() == ElementKind.FLOAT32
              && tensors.get(i).shape().equals(shape(step, outputs.get(i)));
    }
    return fits;
  }

  /** Keeps what a piece hands on; the piece itself. */
  TensorValue taken(List<TensorValue> tensors) {
    tensors.stream().skip(1).forEach(tensor -> handedOn.put(tensor.name(), tensor));
    return tensors.get(0);
  }

  /** What pieces are together, by place: sums must not depend on who is first. */
  static TensorValue joined(List<Portion> portions, Map<Portion, TensorValue> made) {
    Map<Piece, TensorValue> pieces = new LinkedHashMap<>();
    for (Portion each : portions) {
      pieces.put(
          each.step().piece().orElseThrow(), Optional.ofNullable(made.get(each)).orElseThrow());
    }
    return TensorParts.joined(pieces);
  }

  /** What stands for a piece that nobody made. */
  TensorValue zeros(Step step) {
    Tensor output = Frontier.of(graph, step).outputs().get(0);
    return TensorParts.zeros(output.name(), shape(step, output));
  }

  private Making making(Step step) {
    return Making.of(graph, step.layers(), step.piece().orElseThrow());
  }

  /** In as many samples as the frame has. */
  private List<Long> shape(Step step, Tensor output) {
    Tensor input = Frontier.of(graph, step.layers()).inputs().get(0);
    long samples = held(input.name()).shape().get(0);
    List<Long> dims = new ArrayList<>(output.shape().dims());
    dims.set(0, dims.get(0) * samples / input.shape().dim(0));
    return dims;
  }

  private TensorValue held(String name) {
    return Optional.ofNullable(held.get(name)).orElseThrow();
  }
}
