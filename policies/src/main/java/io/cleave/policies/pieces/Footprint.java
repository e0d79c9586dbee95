package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What it takes to make a piece of what a run of layers makes: exactly which part of each input is
 * read and of each layer is computed, the halo included.
 *
 * <p>Source: the backward traversal of DeepThings (Zhao, Barijough, Gerstlauer, TCAD 2018), along
 * each axis by itself. <b>Complexity:</b> O(layers and inputs of the run). <b>Differs:</b> 1. Any
 * kernel, stride, dilation and padding; a pool's window may overlap. 2. Runs may branch and join:
 * of a tensor that several layers read the hull of what they need is made. 3. Only what exists is
 * asked for; padding is no part of a tensor.
 */
public final class Footprint {
  private final Funnel funnel;
  private final Piece piece;
  private final Extents[] extents; // [strip]
  private final long[] from; // [strip]
  private final long[] to; // [strip]

  Footprint(Funnel funnel, Piece piece) {
    this.funnel = funnel;
    this.piece = piece;
    List<Strip> strips = piece.strips();
    this.extents = new Extents[strips.size()];
    this.from = new long[strips.size()];
    this.to = new long[strips.size()];
    for (int i = 0; i < extents.length; i++) {
      Strip strip = strips.get(i);
      Piece.Kind kind = piece.kind();
      Track track =
          funnel.track(strip.axis(), kind).orElseThrow(() -> uncut(funnel, strip.axis(), kind));
      int cut = funnel.cut(piece.summed());
      if (strip.span().to() > track.length(cut)) {
        throw beyond(strip, cut, track.length(cut));
      }
      extents[i] = track.extents(strip.span());
      from[i] = strip.span().from();
      to[i] = strip.span().to();
    }
  }

  static IllegalArgumentException uncut(Funnel funnel, int axis, Piece.Kind kind) {
    Optional<String> why =
        switch (kind) {
          case PART, CHECKERED -> obstacle(funnel.graph, funnel.run, axis);
          case SUMMAND -> sumObstacle(funnel.graph, funnel.run);
          case APART -> funnel.apartObstacle(axis);
        };
    return new IllegalArgumentException(
        why.orElse("Layers %s cannot be cut along axis %d.".formatted(funnel.run, axis)));
  }

  private IllegalArgumentException beyond(Strip strip, int cut, long length) {
    return new IllegalArgumentException(
        "Tensor %s of %s has places 0 to %d along axis %d, not %s."
            .formatted(
                funnel.graph.tensor(funnel.tensors[cut]).name(),
                funnel.graph.name(),
                length - 1,
                strip.axis(),
                strip.span()));
  }

  /**
   * The footprint of a piece.
   *
   * @throws IllegalArgumentException if the run cannot be divided so, or the piece is no part of
   *     what it makes
   */
  public static Footprint of(DnnGraph graph, LayerSet run, Piece piece) {
    return Funnel.of(graph, run).footprint(piece);
  }

  /** Why a run cannot be divided along an axis; empty if it can. */
  public static Optional<String> obstacle(DnnGraph graph, LayerSet run, int axis) {
    return outside(graph, run).or(() -> obstacle(graph, run, axis, outputs(graph, run)));
  }

  /** Why a run cannot be made as a sum; empty if it can. */
  public static Optional<String> sumObstacle(DnnGraph graph, LayerSet run) {
    return outside(graph, run).or(() -> sumObstacle(graph, run, outputs(graph, run)));
  }

  private static Optional<String> sumObstacle(DnnGraph graph, LayerSet run, List<Integer> outputs) {
    int last = run.stream().max().orElseThrow();
    Layer layer = graph.layer(last);
    if (layer.division().sums().isEmpty()) {
      return Optional.of(
          "Layer %s of %s, a %s, is no sum over what it reads."
              .formatted(layer.name(), graph.name(), layer.operator()));
    }
    return obstacle(
        graph, run.minus(LayerSet.of(last)), layer.division().sums().getAsInt(), outputs);
  }

  static void refuse(Optional<String> obstacle) {
    obstacle.ifPresent(
        why -> {
          throw new IllegalArgumentException(why);
        });
  }

  static Optional<String> outside(DnnGraph graph, LayerSet run) {
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

  public Piece piece() {
    return piece;
  }

  /**
   * What is read or made of a tensor of the run, along the piece's axes.
   *
   * @throws IllegalArgumentException if the run neither reads nor makes it
   */
  public Piece part(int tensor) {
    int place = place(tensor);
    List<Strip> strips = new ArrayList<>();
    for (int i = 0; i < extents.length; i++) {
      Span span = new Span(extents[i].begin(place, from[i]), extents[i].end(place, to[i]));
      strips.add(new Strip(piece.strips().get(i).axis(), span));
    }
    return new Piece(strips);
  }

  private int place(int tensor) {
    int place = funnel.place(tensor);
    if (place < 0) {
      throw new IllegalArgumentException(
          "Tensor %d of %s is neither read nor made by the run."
              .formatted(tensor, funnel.graph.name()));
    }
    return place;
  }

  /** Indices of the tensors made elsewhere that the run reads, ascending. */
  public List<Integer> inputs() {
    return Arrays.stream(funnel.inputs).mapToObj(place -> funnel.tensors[place]).toList();
  }

  /** Sizes of what is read or made of a tensor. */
  public TensorShape shape(int tensor) {
    List<Long> dims = new ArrayList<>(funnel.graph.tensor(tensor).shape().dims());
    part(tensor).strips().forEach(strip -> dims.set(strip.axis(), strip.span().length()));
    return new TensorShape(dims);
  }

  /** What part of an amount is that of a tensor, by place, which is read or made. */
  private double part(double amount, int place) {
    double part = amount;
    for (int i = 0; i < extents.length; i++) {
      part = part * places(i, place) / extents[i].length(place);
    }
    return part;
  }

  /**
   * The least share that this is of another footprint of the same run and axes, of all tensors; the
   * product over the axes.
   */
  public double leastShareOf(Footprint other) {
    double least = Double.POSITIVE_INFINITY;
    for (int place = 0; place < funnel.tensors.length; place++) {
      double share = 1;
      for (int i = 0; i < extents.length; i++) {
        double length = places(i, place);
        share *= length / other.places(i, place);
      }
      least = Math.min(least, share);
    }
    return least;
  }

  private long places(int strip, int place) {
    return extents[strip].places(place, from[strip], to[strip]);
  }

  /** True if a layer of the run makes summands, of a part of what it reads. */
  public boolean makesSummands(Layer layer) {
    return piece.summed() && layer.outputs().get(0) == funnel.tensors[funnel.output];
  }

  /** Bytes of what is read or made of a tensor. */
  public long bytes(int tensor) {
    int place = place(tensor);
    return Math.round(part(funnel.bits[place], place) / Byte.SIZE);
  }

  /** Bits that a machine must be given. */
  public double inputBits() {
    double bits = 0;
    for (int place : funnel.inputs) {
      bits += part(funnel.bits[place], place);
    }
    return bits;
  }

  /** Bits that it gives back. */
  public double outputBits() {
    return part(funnel.bits[funnel.output], funnel.output);
  }

  /**
   * Seconds that a machine takes for the piece, one start included. Assumes that a layer's time is
   * in proportion to the places that are made of it.
   */
  public double seconds(LayerTimes times) {
    int[] measures = funnel.measures(piece.summed());
    double sum = times.startSeconds();
    for (int i = 0; i < measures.length; i++) {
      sum += part(times.layer(funnel.layers[i]), measures[i]);
    }
    return sum;
  }

  /** What part of each layer is made, ascending. */
  public double[] parts() {
    int[] measures = funnel.measures(piece.summed());
    double[] parts = new double[measures.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(1, measures[i]);
    }
    return parts;
  }

  /**
   * What part this is of another footprint of the run: of each layer, ascending, and then of each
   * tensor that is made elsewhere, ascending.
   */
  public double[] shares(Footprint other) {
    int[] measures = funnel.measures(piece.summed());
    double[] shares = new double[measures.length + funnel.inputs.length];
    for (int i = 0; i < shares.length; i++) {
      int place = i < measures.length ? measures[i] : funnel.inputs[i - measures.length];
      shares[i] = part(1, place) / other.part(1, place);
    }
    return shares;
  }
}
