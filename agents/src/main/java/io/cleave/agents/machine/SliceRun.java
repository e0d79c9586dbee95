package io.cleave.agents.machine;

import io.cleave.agents.dnn.Model;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/**
 * Layers to be run in one go.
 *
 * @param inputs what the layers read and do not make, by name
 */
public record SliceRun(Model model, LayerSet layers, List<TensorValue> inputs) {
  public SliceRun {
    inputs = List.copyOf(inputs);
  }
}
