package io.cleave.agents.frame;

import io.cleave.policies.graph.LayerSet;
import java.util.Optional;

/**
 * Layers that some machine must have ready.
 *
 * @param server its name; absent on the device itself
 * @param layers run in one go
 */
record Part(Optional<String> server, LayerSet layers) {
  static Part here(LayerSet layers) {
    return new Part(Optional.empty(), layers);
  }

  static Part at(String server, LayerSet layers) {
    return new Part(Optional.of(server), layers);
  }

  /** Of only the input there is nothing to make ready, and nothing to run. */
  boolean hasWork() {
    return layers.size() > 1 || !layers.contains(0);
  }
}
