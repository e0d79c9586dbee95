package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.json.WireLimits;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of what a shared leg makes, and who makes it.
 *
 * @param server its name; absent on the device itself; of a piece that is stolen whoever is
 *     expected to make it
 * @param step with its piece
 * @param place among the leg's
 */
record Portion(Optional<String> server, Step step, int place) {
  /** By which a server knows it: no whole leg and no other piece of the frame has it. */
  int number(int leg) {
    return (leg + 1) * WireLimits.PIECES + place;
  }

  /** What a machine must have ready to make it; the device as nobody's server. */
  Stream<Part> parts(Optional<String> maker) {
    return Stream.of(step, alone()).distinct().map(each -> Part.of(maker, each));
  }

  /** The same places, made without what neighbours could hand on; the step itself if none does. */
  Step alone() {
    Piece piece = step.piece().orElseThrow();
    boolean takes = piece.board().filter(board -> !board.isFirst(piece)).isPresent();
    return takes ? Step.piece(step.layers(), piece.as(Piece.Kind.PART)) : step;
  }

  /** Its machine and the places that this makes, {@code edge-1[2:8-15]}: along axis 2, 8 to 15. */
  String where() {
    Piece piece = step.piece().orElseThrow();
    return "%s[%s]".formatted(server.orElse("device"), piece);
  }
}
