package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.pieces.Making;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a run of layers takes and makes; both are sets of tensors, as many as there are.
 *
 * @param inputs made elsewhere and read by these layers, each once
 * @param outputs made by these layers and read by others, or answers of the network; the network's
 *     input is never among them
 */
public record Frontier(List<Tensor> inputs, List<Tensor> outputs) {
  public Frontier {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * The frontier of a step; of one that wants a piece, tensors have the sizes of their parts, and
   * the piece is the first output.
   *
   * @throws IllegalArgumentException if its layers cannot be divided so
   */
  public static Frontier of(DnnGraph graph, Step step) {
    if (step.piece().isEmpty()) {
      return of(graph, step.layers());
    }
    Making making = Making.of(graph, step.layers(), step.piece().get());
    return new Frontier(
        making.reads().stream().map(patch -> patch.part(graph)).toList(),
        making.gives().stream().map(patch -> patch.part(graph)).toList());
  }

  /** The frontier of some layers; nothing at all if only layer 0, the input, is in them. */
  public static Frontier of(DnnGraph graph, LayerSet layers) {
    TreeSet<Integer> inputs = new TreeSet<>();
    List<Tensor> outputs = new ArrayList<>();
    layers.stream()
        .filter(layer -> layer > 0)
        .forEach(
            layer -> {
              graph.layer(layer).inputs().stream()
                  .filter(t -> !made(graph, t, layers))
                  .forEach(inputs::add);
              graph.layer(layer).outputs().stream()
                  .filter(t -> graph.outputs().contains(t) || readOutside(graph, t, layers))
                  .forEach(t -> outputs.add(graph.tensor(t)));
            });
    return new Frontier(inputs.stream().map(graph::tensor).toList(), outputs);
  }

  private static boolean made(DnnGraph graph, int tensor, LayerSet layers) {
    int producer = graph.tensor(tensor).producer();
    return producer > 0 && layers.contains(producer);
  }

  private static boolean readOutside(DnnGraph graph, int tensor, LayerSet layers) {
    return IntStream.of(graph.consumers(tensor)).anyMatch(reader -> !layers.contains(reader));
  }
}
