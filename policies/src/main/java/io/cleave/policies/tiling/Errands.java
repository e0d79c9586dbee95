package io.cleave.policies.tiling;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

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
  Optional<SharedRun> of(LayerSet layers) {
    DnnGraph graph = observation.graph();
    double factor = terms.codec().sizeFactor();
    double up = factor * graph.sizeOf(inputs(graph, layers)).bits();
    double down = factor * graph.sizeOf(Footprint.outputs(graph, layers)).bits();
    Optional<SharedRun> best = Optional.empty();
    for (int node = 1; node <= observation.servers().size(); node++) {
      double work = observation.node(node).times().run(layers);
      double seconds = pricing.alone(new Hop.Branch(node, up, work, down));
      if (best.isEmpty() || seconds < best.get().seconds()) {
        best = Optional.of(new SharedRun(new Stage(node, layers), seconds));
      }
    }
    return best.filter(run -> run.seconds() < Double.POSITIVE_INFINITY);
  }

  private static List<Integer> inputs(DnnGraph graph, LayerSet layers) {
    TreeSet<Integer> inputs = new TreeSet<>();
    layers.forEach(
        layer ->
            graph.layer(layer).inputs().stream()
                .filter(tensor -> !layers.contains(graph.tensor(tensor).producer()))
                .forEach(inputs::add));
    return List.copyOf(inputs);
  }
}
