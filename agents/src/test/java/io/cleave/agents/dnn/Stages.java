package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a network stage by stage, each fed with what the ones before it made. */
final class Stages {
  private final SliceLibrary library;
  private final Model model;

  Stages(SliceLibrary library, Model model) {
    this.library = library;
    this.model = model;
  }

  /** The network's answers. */
  List<TensorValue> run(List<LayerSet> stages, List<TensorValue> inputs) {
    Map<String, TensorValue> held = new LinkedHashMap<>();
    inputs.forEach(value -> held.put(value.name(), value));
    for (LayerSet stage : stages) {
      library.run(model, stage, feed(stage, held)).forEach(made -> held.put(made.name(), made));
    }
    DnnGraph graph = model.graph();
    return graph.outputs().stream().map(t -> pick(held, graph.tensor(t))).toList();
  }

  List<TensorValue> whole(List<TensorValue> inputs) {
    return run(List.of(model.graph().all()), inputs);
  }

  private List<TensorValue> feed(LayerSet stage, Map<String, TensorValue> held) {
    List<TensorValue> feed = new ArrayList<>();
    for (Tensor tensor : Frontier.of(model.graph(), stage).inputs()) {
      feed.add(pick(held, tensor));
    }
    return feed;
  }

  private static TensorValue pick(Map<String, TensorValue> held, Tensor tensor) {
    return Optional.ofNullable(held.get(tensor.name()))
        .orElseThrow(
            () -> new AssertionError("No '%s' in %s.".formatted(tensor.name(), held.keySet())));
  }
}
