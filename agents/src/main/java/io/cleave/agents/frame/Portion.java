package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.pieces.Strip;
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

  /** Its machine and the places that this makes, {@code edge-1[2:8-15]}: along axis 2, 8 to 15. */
  String where() {
    Strip piece = step.piece().orElseThrow();
    return "%s[%d:%s]".formatted(server.orElse("device"), piece.axis(), piece.span());
  }
}
