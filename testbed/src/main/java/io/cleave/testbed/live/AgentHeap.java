package io.cleave.testbed.live;

import io.cleave.policies.graph.DnnGraph;

/** How much heap an agent is given for a network. */
final class AgentHeap {
  private static final long BASE_MEGABYTES = 256;

  /** Weights are held while a network is built, written, read and cut. */
  private static final long COPIES = 4;

  private static final long BYTES_A_WEIGHT = 4;

  private AgentHeap() {}

  /** In 2^20 bytes. */
  static int megabytes(DnnGraph graph) {
    return Math.toIntExact(BASE_MEGABYTES + ((COPIES * BYTES_A_WEIGHT * graph.parameters()) >> 20));
  }
}
