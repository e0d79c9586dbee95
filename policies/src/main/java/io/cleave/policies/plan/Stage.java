package io.cleave.policies.plan;

import io.cleave.policies.graph.LayerSet;

/**
 * Layers that one node runs in one go.
 *
 * @param node {@link #DEVICE}, or the place of a server in {@link Observation#servers()} plus one
 * @param layers not empty
 */
public record Stage(int node, LayerSet layers) {
  public static final int DEVICE = 0;

  public Stage {
    if (node < 0) {
      throw new IllegalArgumentException("A node must be at least 0, not %d.".formatted(node));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A stage must run at least one layer.");
    }
  }
}
