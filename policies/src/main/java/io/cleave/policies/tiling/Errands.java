package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.Optional;

/** Runs that one server does alone, and sends back what they make. */
final class Errands {
  private final Observation observation;
  private final Terms terms;
  private final Pricing pricing;

  Errands(Observation observation, Terms terms) {
    this.observation = observation;
    this.terms = terms;
    this.pricing = new Pricing(observation, terms);
  }

  /** The server that is back first; empty if none can be reached. */
  Optional<SharedRun> of(Runs runs, int start, int end) {
    LayerSet layers = runs.layers(start, end);
    double factor = terms.codec().sizeFactor();
    double up = factor * runs.inputBits(start, end);
    double down = factor * runs.outputBits(start, end);
    int first = Stage.DEVICE;
    double least = Double.POSITIVE_INFINITY;
    for (int node = 1; node <= observation.servers().size(); node++) {
      double work = observation.node(node).times().run(layers);
      double seconds = pricing.alone(new Hop.Branch(node, up, work, down));
      if (seconds < least) {
        first = node;
        least = seconds;
      }
    }
    return first == Stage.DEVICE
        ? Optional.empty()
        : Optional.of(new SharedRun(layers, first, least));
  }
}
