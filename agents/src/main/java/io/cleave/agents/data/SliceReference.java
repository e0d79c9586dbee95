package io.cleave.agents.data;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some layers of a model.
 *
 * @param modelSha256 content of the model's file, in lower-case hexadecimal
 * @param steps in which they are run, by index in the model's graph; at least one layer each, none
 *     twice
 * @param rounds in which its one step's piece is made, if it is
 */
public record SliceReference(String modelSha256, List<Step> steps, Optional<InRounds> rounds) {
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
    if (rounds.isPresent()) {
      checkRounds(steps, rounds.get());
    }
    Set<Integer> all = new HashSet<>();
    for (Step step : steps) {
      if (!step.layers().stream().allMatch(all::add)) {
        throw new IllegalArgumentException("A slice runs no layer twice.");
      }
    }
  }

  /** What is not made in rounds. */
  public SliceReference(String modelSha256, List<Step> steps) {
    this(modelSha256, steps, Optional.empty());
  }

  private static void checkRounds(List<Step> steps, InRounds made) {
    int layers = made.layers().stream().mapToInt(LayerSet::size).sum();
    Piece last = made.pieces().get(made.pieces().size() - 1).get(made.share());
    if (!made.all().equals(steps.get(0).layers())
        || layers != made.all().size()
        || !steps.get(0).piece().equals(Optional.of(last))) {
      throw new IllegalArgumentException(
          "Rounds run the layers of their slice, each once, and make its piece, not %s of %s."
              .formatted(last, made.layers()));
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
