package io.cleave.testbed.experiment;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import java.util.Map;

/**
 * A network of an experiment.
 *
 * @param name in result files, unique in the experiment
 * @param origin {@code zoo:alexnet}, or the file's path
 * @param graph what planners see
 * @param inputs shapes of those that the file leaves open
 */
public record Network(String name, String origin, DnnGraph graph, Map<String, TensorShape> inputs) {
  public Network {
    inputs = Map.copyOf(inputs);
  }

  /** One that leaves nothing open. */
  public Network(String name, String origin, DnnGraph graph) {
    this(name, origin, graph, Map.of());
  }
}
