package io.cleave.agents.frame;

import io.cleave.agents.dnn.Gate;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Where frames may leave under a plan: the exits of its rule, found in the network. */
final class Exits {
  private final List<Exit> all;

  /**
   * @param number among the network's exits, 1 for the first
   * @param producer layer that makes its answer
   */
  private record Exit(int number, int producer, Gate gate) {}

  private Exits(List<Exit> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The exits of a plan, none if it has no rule.
   *
   * @throws IllegalArgumentException if the rule is of another network
   */
  static Exits of(DnnGraph graph, Optional<ExitRule> rule) {
    return rule.map(asked -> of(graph, asked)).orElseGet(() -> new Exits(List.of()));
  }

  private static Exits of(DnnGraph graph, ExitRule rule) {
    List<Exit> exits = new ArrayList<>();
    for (int place = 0; place < rule.size(); place++) {
      int output = rule.exits().get(place);
      if (output >= graph.outputs().size()) {
        throw new IllegalArgumentException(
            "The plan names exit %d, but %s has only %d. Maybe it was made for another network."
                .formatted(output, graph.name(), graph.outputs().size()));
      }
      Tensor answer = graph.tensor(graph.outputs().get(output));
      check(graph, answer, rule.classes());
      boolean last = place == rule.size() - 1;
      OptionalDouble threshold =
          last ? OptionalDouble.empty() : OptionalDouble.of(rule.thresholds().get(place));
      Gate gate = new Gate(answer.name(), rule.signal(), rule.classes(), threshold);
      exits.add(new Exit(output + 1, answer.producer(), gate));
    }
    return new Exits(exits);
  }

  private static void check(DnnGraph graph, Tensor answer, int classes) {
    int rank = answer.shape().rank();
    if (answer.type() != ElementType.FLOAT32
        || rank == 0
        || answer.shape().dim(rank - 1) != classes) {
      throw new IllegalArgumentException(
          "The plan tells %d classes apart at '%s' of %s, which is %s of %s. Maybe it was made for another network."
              .formatted(classes, answer.name(), graph.name(), answer.type(), answer.shape()));
    }
  }

  boolean none() {
    return all.isEmpty();
  }

  /** The exit that these layers make; of several, the last. */
  Optional<Gate> madeBy(LayerSet layers) {
    return all.stream()
        .filter(exit -> layers.contains(exit.producer()))
        .map(Exit::gate)
        .reduce((first, second) -> second);
  }

  /** Number of an exit in the network, 1 for the first. */
  OptionalInt number(Gate gate) {
    return all.stream().filter(exit -> exit.gate().equals(gate)).mapToInt(Exit::number).findFirst();
  }
}
