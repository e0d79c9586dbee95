package io.cleave.agents.machine;

import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/**
 * Layers to be run without a pause.
 *
 * @param steps one after the other, until the frame leaves at an exit; at least one
 * @param inputs what the layers read and do not make, by name
 */
public record SliceRun(Model model, List<Step> steps, List<TensorValue> inputs) {
  public SliceRun {
    steps = List.copyOf(steps);
    inputs = List.copyOf(inputs);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A run has at least 1 step, not 0.");
    }
  }

  /** Layers in one go, without an exit. */
  public SliceRun(Model model, LayerSet layers, List<TensorValue> inputs) {
    this(model, List.of(Step.of(layers)), inputs);
  }

  /** All layers, those behind exits included. */
  public LayerSet layers() {
    return Step.layers(steps);
  }
}
