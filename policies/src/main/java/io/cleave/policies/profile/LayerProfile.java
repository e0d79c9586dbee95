package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;

/** How long a machine takes for the layers of any network that is put to it. */
public interface LayerProfile {
  /**
   * The times of every layer of a network.
   *
   * @throws IllegalArgumentException if the profile was measured on another network
   */
  LayerTimes times(DnnGraph graph);
}
