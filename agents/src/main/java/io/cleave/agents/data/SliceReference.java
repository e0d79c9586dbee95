package io.cleave.agents.data;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Some layers of a model.
 *
 * @param modelSha256 content of the model's file, in lower-case hexadecimal
 * @param steps in which they are run, by index in the model's graph; at least one layer each, none
 *     twice
 */
public record SliceReference(String modelSha256, List<Step> steps) {
  static final int MOST_STEPS = 64;

  public SliceReference {
    steps = List.copyOf(steps);
    if (!modelSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "A model is named by 64 lower-case hexadecimal digits, not %s."
              .formatted(Messages.quote(modelSha256)));
    }
    if (steps.isEmpty() || steps.stream().anyMatch(step -> step.layers().isEmpty())) {
      throw new IllegalArgumentException("A slice has at least one layer a step, not none.");
    }
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          "A slice has at most %d steps, not %d.".formatted(MOST_STEPS, steps.size()));
    }
    if (steps.size() > 1 && steps.stream().anyMatch(step -> step.piece().isPresent())) {
      throw new IllegalArgumentException(
          "A slice that makes a piece has one step, not %d.".formatted(steps.size()));
    }
    Set<Integer> all = new HashSet<>();
    for (Step step : steps) {
      if (!step.layers().stream().allMatch(all::add)) {
        throw new IllegalArgumentException("A slice runs no layer twice.");
      }
    }
  }

  /** Layers that are run in one go, without an exit. */
  public SliceReference(String modelSha256, LayerSet layers) {
    this(modelSha256, List.of(Step.of(layers)));
  }

  /** All layers of all steps. */
  public LayerSet layers() {
    return Step.layers(steps);
  }
}
