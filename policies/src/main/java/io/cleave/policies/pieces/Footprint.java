package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.ByteCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What it takes to make a piece of what a run of layers makes: exactly which part of each input is
 * read and of each layer is computed, the halo included.
 *
 * <p>Source: the backward traversal of DeepThings (Zhao, Barijough, Gerstlauer, TCAD 2018), along
 * one axis. <b>Complexity:</b> O(layers and inputs of the run). <b>Differs:</b> 1. Any kernel,
 * stride, dilation and padding; a pool's window may overlap. 2. Runs may branch and join: of a
 * tensor that several layers read the hull of what they need is made. 3. Only what exists is asked
 * for; padding is no part of a tensor.
 */
public final class Footprint {
  private final DnnGraph graph;
  private final LayerSet run;
  private final Strip strip;
  private final int output; // the tensor that the run makes
  private final Map<Integer, Span> spans; // by tensor: what is read or made of it

  private Footprint(
      DnnGraph graph, LayerSet run, Strip strip, int output, Map<Integer, Span> spans) {
    this.graph = graph;
    this.run = run;
    this.strip = strip;
    this.output = output;
    this.spans = spans;
  }

  /**
   * The footprint of a piece.
   *
   * @throws IllegalArgumentException if the run cannot be divided so, or the piece is no part of
   *     what it makes
   */
  public static Footprint of(DnnGraph graph, LayerSet run, Strip strip) {
    refuse(outside(graph, run));
    List<Integer> outputs = outputs(graph, run);
    refuse(obstacle(graph, run, strip.axis(), outputs));
    int output = outputs.get(0);
    long length = graph.tensor(output).shape().dim(strip.axis());
    if (strip.span().to() > length) {
      throw new IllegalArgumentException(
          "Tensor %s of %s has places 0 to %d along axis %d, not %s."
              .formatted(
                  graph.tensor(output).name(),
                  graph.name(),
                  length - 1,
                  strip.axis(),
                  strip.span()));
    }
    Map<Integer, Span> spans = new LinkedHashMap<>();
    spans.put(output, strip.span());
    int[] layers = run.stream().toArray();
    for (int i = layers.length - 1; i >= 0; i--) {
      Layer layer = graph.layer(layers[i]);
      Span made = spans.get(layer.outputs().get(0));
      if (made == null) {
        throw new IllegalStateException("Layer %s leads nowhere.".formatted(layer.name()));
      }
      ReceptiveField field = layer.division().along(strip.axis()).orElseThrow();
      for (int input : layer.inputs()) {
        Span needed = field.needed(made, graph.tensor(input).shape().dim(strip.axis()));
        spans.merge(input, needed, Span::hull);
      }
    }
    return new Footprint(graph, run, strip, output, spans);
  }

  /** Why a run cannot be divided along an axis; empty if it can. */
  public static Optional<String> obstacle(DnnGraph graph, LayerSet run, int axis) {
    return outside(graph, run).or(() -> obstacle(graph, run, axis, outputs(graph, run)));
  }

  private static void refuse(Optional<String> obstacle) {
    obstacle.ifPresent(
        why -> {
          throw new IllegalArgumentException(why);
        });
  }

  private static Optional<String> outside(DnnGraph graph, LayerSet run) {
    return run.isEmpty() || run.contains(0) || run.next(graph.size()) >= 0
        ? Optional.of(
            "A run of %s that is shared has layers of 1 to %d, not %s."
                .formatted(graph.name(), graph.size() - 1, run))
        : Optional.empty();
  }

  private static Optional<String> obstacle(
      DnnGraph graph, LayerSet run, int axis, List<Integer> outputs) {
    for (int i = run.next(0); i >= 0; i = run.next(i + 1)) {
      Layer layer = graph.layer(i);
      if (layer.division().along(axis).isEmpty()) {
        return Optional.of(
            "Layer %s of %s, a %s, is not divisible along axis %d."
                .formatted(layer.name(), graph.name(), layer.operator(), axis));
      }
    }
    return outputs.size() == 1
        ? Optional.empty()
        : Optional.of(
            "Layers %s of %s make %d tensors that others need; a run that is shared makes one."
                .formatted(run, graph.name(), outputs.size()));
  }

  /** The tensors of a run that others read or the network answers with, ascending. */
  public static List<Integer> outputs(DnnGraph graph, LayerSet run) {
    List<Integer> outputs = new ArrayList<>();
    run.forEach(
        layer -> {
          for (int tensor : graph.layer(layer).outputs()) {
            boolean read = graph.outputs().contains(tensor);
            for (int reader : graph.consumers(tensor)) {
              read |= !run.contains(reader);
            }
            if (read) {
              outputs.add(tensor);
            }
          }
        });
    return outputs;
  }

  /** The tensor that the run makes. */
  public static int output(DnnGraph graph, LayerSet run) {
    List<Integer> outputs = outputs(graph, run);
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "Layers %s of %s make %d tensors that others need, not one."
              .formatted(run, graph.name(), outputs.size()));
    }
    return outputs.get(0);
  }

  public Strip strip() {
    return strip;
  }

  /** What is read or made of a tensor of the run. */
  public Span span(int tensor) {
    return Optional.ofNullable(spans.get(tensor))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Tensor %d of %s is neither read nor made by the run."
                        .formatted(tensor, graph.name())));
  }

  /** Indices of the tensors made elsewhere that the run reads, ascending. */
  public List<Integer> inputs() {
    return spans.keySet().stream()
        .filter(tensor -> !run.contains(graph.tensor(tensor).producer()))
        .sorted()
        .toList();
  }

  /** Sizes of what is read or made of a tensor. */
  public TensorShape shape(int tensor) {
    List<Long> dims = new ArrayList<>(graph.tensor(tensor).shape().dims());
    dims.set(strip.axis(), span(tensor).length());
    return new TensorShape(dims);
  }

  /** What a machine must be given. */
  public ByteCount inputSize() {
    return inputs().stream().map(this::size).reduce(new ByteCount(0), ByteCount::plus);
  }

  /** What a machine gives back. */
  public ByteCount outputSize() {
    return size(output);
  }

  private ByteCount size(int tensor) {
    return new ByteCount(
        Math.multiplyExact(shape(tensor).elements(), (long) graph.tensor(tensor).type().bytes()));
  }

  /**
   * Seconds that a machine takes for the piece, one start included. Assumes that a layer's time is
   * in proportion to the places that are made of it.
   */
  public double seconds(LayerTimes times) {
    double sum = times.startSeconds();
    for (int i = run.next(0); i >= 0; i = run.next(i + 1)) {
      int made = graph.layer(i).outputs().get(0);
      double share = (double) span(made).length() / graph.tensor(made).shape().dim(strip.axis());
      sum += times.layer(i) * share;
    }
    return sum;
  }
}
