package io.cleave.agents.frame;

import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import java.util.List;
import java.util.Optional;

/**
 * What one machine does for a frame, without a transfer in between.
 *
 * @param server its name; absent on the device itself
 * @param steps one after the other, until the frame leaves at an exit
 */
record Leg(Optional<String> server, List<Step> steps) {
  Leg {
    steps = List.copyOf(steps);
  }

  LayerSet layers() {
    return Step.layers(steps);
  }

  boolean hasWork() {
    return steps.stream().anyMatch(Step::hasWork);
  }

  /** What the leg's machine must have ready for a step. */
  Part part(Step step) {
    return new Part(server, step.layers());
  }

  /** The exit whose answer is this tensor; empty if no step makes it. */
  Optional<Gate> gate(String tensor) {
    return steps.stream()
        .flatMap(step -> step.gate().stream())
        .filter(gate -> gate.tensor().equals(tensor))
        .findFirst();
  }

  /** True if no frame goes on from here. */
  boolean endsAtExit() {
    return steps.get(steps.size() - 1).gate().filter(g -> g.threshold().isEmpty()).isPresent();
  }
}
