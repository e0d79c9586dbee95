package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Precision;
import java.util.Optional;

/**
 * Layers that some machine must have ready.
 *
 * @param server its name; absent on the device itself
 * @param layers run in one go
 * @param piece of what they make; empty for all of it
 * @param precision with which numbers
 */
record Part(Optional<String> server, LayerSet layers, Optional<Piece> piece, Precision precision) {
  static Part here(LayerSet layers) {
    return of(Optional.empty(), Step.of(layers));
  }

  static Part of(Optional<String> server, Step step) {
    return new Part(server, step.layers(), step.piece(), step.precision());
  }

  Step step() {
    return new Step(layers, Optional.empty(), piece, precision);
  }

  static Part at(String server, LayerSet layers) {
    return of(Optional.of(server), Step.of(layers));
  }

  /** Of only the input there is nothing to make ready, and nothing to run. */
  boolean hasWork() {
    return layers.size() > 1 || !layers.contains(0);
  }
}
