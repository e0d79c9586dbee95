package io.cleave.agents.machine;

import io.cleave.agents.dnn.Frontier;
import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes a run step by step, until its frame leaves. For one thread. */
final class Walk {
  private final SliceRun run;
  private final Machine.Engine engine;
  private final Map<String, TensorValue> held = new LinkedHashMap<>(); // by name
  private int next;
  private List<TensorValue> made = List.of(); // by the step before
  private Optional<Gate> left = Optional.empty();

  /**
   * @throws IllegalArgumentException if an input is there twice, or no step wants it
   */
  Walk(SliceRun run, Machine.Engine engine) {
    this.run = run;
    this.engine = engine;
    if (several()) {
      checkWanted();
      run.inputs().forEach(input -> held.put(input.name(), input));
    }
  }

  /** One step alone is given what came, as it came; its slice says what does not fit. */
  private boolean several() {
    return run.steps().size() > 1;
  }

  private void checkWanted() {
    List<String> given = run.inputs().stream().map(TensorValue::name).sorted().toList();
    List<String> wanted =
        Frontier.of(graph(), run.layers()).inputs().stream().map(Tensor::name).sorted().toList();
    if (!given.equals(wanted)) {
      throw new IllegalArgumentException(
          "Layers %s of %s take %s, each once, not %s."
              .formatted(run.layers(), graph().name(), wanted, given));
    }
  }

  boolean goesOn() {
    return left.isEmpty() && next < run.steps().size();
  }

  /** Runs the next step, and looks whether the frame leaves behind it. */
  Step step() {
    Step step = run.steps().get(next);
    next++;
    made = engine.run(run.model(), step, several() ? feed(step.layers()) : run.inputs());
    made.forEach(tensor -> held.put(tensor.name(), tensor));
    left = step.gate().filter(gate -> gate.leaves(answer(gate)));
    return step;
  }

  private List<TensorValue> feed(LayerSet layers) {
    List<TensorValue> feed = new ArrayList<>();
    for (Tensor wanted : Frontier.of(graph(), layers).inputs()) {
      feed.add(held(wanted.name()));
    }
    return feed;
  }

  private TensorValue answer(Gate gate) {
    return held(gate.tensor());
  }

  private TensorValue held(String name) {
    TensorValue value = held.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Layers %s of %s make no tensor '%s' in time. Maybe the plan was made for another network."
              .formatted(run.layers(), graph().name(), name));
    }
    return value;
  }

  /** Of the tensors that came in and of all that were made so far, which are held until the end. */
  long tensorBytes() {
    return several() ? bytes(held.values()) : bytes(run.inputs()) + bytes(made);
  }

  private static long bytes(Collection<TensorValue> tensors) {
    return tensors.stream().mapToLong(TensorValue::byteCount).sum();
  }

  /** The exit at which the frame left; empty if it did not, or not yet. */
  Optional<Gate> left() {
    return left;
  }

  /** What the frame goes on with: an exit's answer alone, or what others need of these layers. */
  List<TensorValue> outputs() {
    if (left.isPresent()) {
      return List.of(answer(left.get()));
    }
    return several() ? handedOn() : made;
  }

  /** Answers of exits at which the frame did not leave are of no use any more. */
  private List<TensorValue> handedOn() {
    Set<String> refused =
        run.steps().stream()
            .flatMap(step -> step.gate().stream())
            .map(Gate::tensor)
            .collect(Collectors.toSet());
    LayerSet layers = run.layers();
    return Frontier.of(graph(), layers).outputs().stream()
        .filter(tensor -> !refused.contains(tensor.name()) || readOutside(tensor, layers))
        .map(tensor -> held(tensor.name()))
        .toList();
  }

  private boolean readOutside(Tensor tensor, LayerSet layers) {
    int place = graph().tensors().indexOf(tensor);
    return IntStream.of(graph().consumers(place)).anyMatch(reader -> !layers.contains(reader));
  }

  private DnnGraph graph() {
    return run.model().graph();
  }
}
