package io.cleave.testbed.experiment;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import java.util.Map;
import java.util.Optional;

/**
 * A network of an experiment.
 *
 * @param name in result files, unique in the experiment
 * @param origin {@code zoo:alexnet}, or the file's path
 * @param graph what planners see
 * @param inputs shapes of those that the file leaves open
 * @param exits what is known of its exits, if it has some and their answers lie beside its file
 */
public record Network(
    String name,
    String origin,
    DnnGraph graph,
    Map<String, TensorShape> inputs,
    Optional<ExitStudy> exits) {
  public Network {
    inputs = Map.copyOf(inputs);
    exits.ifPresent(study -> study.test().checkFits(graph));
  }

  /** One that leaves nothing open and has no exits. */
  public Network(String name, String origin, DnnGraph graph) {
    this(name, origin, graph, Map.of(), Optional.empty());
  }
}
