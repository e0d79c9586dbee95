package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import java.util.Optional;

/**
 * A piece of what a shared leg makes, and who makes it.
 *
 * @param server its name; absent on the device itself
 * @param step with its piece
 */
record Portion(Optional<String> server, Step step) {
  /** What its machine must have ready. */
  Part part() {
    return Part.of(server, step);
  }

  /** What the device must have ready if it makes the piece itself. */
  Part fallback() {
    return Part.of(Optional.empty(), step);
  }
}
