package io.cleave.agents;

import io.cleave.agents.source.SeededFrames;
import io.cleave.policies.graph.DnnGraph;

/** What a program posts to an agent. */
final class InferCalls {
  private InferCalls() {}

  /** One seeded frame as raw little-endian bytes. */
  static byte[] frame(DnnGraph graph) {
    var input = new SeededFrames(graph, 1).apply(0).get(0);
    byte[] bytes = new byte[input.byteCount()];
    input.data().get(bytes);
    return bytes;
  }
}
