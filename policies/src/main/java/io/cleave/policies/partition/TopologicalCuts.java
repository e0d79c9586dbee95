package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import java.util.BitSet;

/** The cuts of a network between two layers of its order: what crosses each, what comes back. */
final class TopologicalCuts {
  final double[] crossingBits; // [layers + 1] of the tensors made before and read behind, each once
  final double[] slopedBits; // [layers + 1] of those that come back as slopes
  final double[] returnBits; // [layers + 1] of the answers made behind

  private TopologicalCuts(double[] crossingBits, double[] slopedBits, double[] returnBits) {
    this.crossingBits = crossingBits;
    this.slopedBits = slopedBits;
    this.returnBits = returnBits;
  }

  /** Time O(layers + tensors + reads). */
  static TopologicalCuts of(DnnGraph graph) {
    return of(graph, new BitSet());
  }

  /** The same where the loss has slopes by some tensors. */
  static TopologicalCuts of(DnnGraph graph, BitSet sloped) {
    double[] crossing = new double[graph.size() + 1];
    double[] slopes = new double[graph.size() + 1];
    for (int t = 0; t < graph.tensors().size(); t++) {
      int[] readers = graph.consumers(t);
      if (readers.length > 0) { // crosses every cut between its producer and its last reader
        double bits = graph.tensor(t).size().bits();
        for (int cut = graph.tensor(t).producer() + 1; cut <= readers[readers.length - 1]; cut++) {
          crossing[cut] += bits;
          slopes[cut] += sloped.get(t) ? bits : 0;
        }
      }
    }
    double[] back = new double[graph.size() + 1];
    for (int answer : graph.outputs()) {
      back[graph.tensor(answer).producer()] += graph.tensor(answer).size().bits();
    }
    back[0] = 0; // an answer that is an input is on the device already
    for (int cut = graph.size() - 1; cut > 0; cut--) {
      back[cut] += back[cut + 1];
    }
    return new TopologicalCuts(crossing, slopes, back);
  }
}
