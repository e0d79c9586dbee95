package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tensor that goes from one machine to another.
 *
 * @param tensor index in the network
 * @param name by which it goes: the tensor's own if it is the only part of it that does
 * @param places of it
 */
public record Patch(int tensor, String name, Piece places) {
  /** What a tile hands to a neighbour: its name says which places it is. */
  static Patch overlap(DnnGraph graph, int tensor, Piece places) {
    return new Patch(tensor, graph.tensor(tensor).name() + "/" + places, places);
  }

  /** Its name and sizes as a tensor. */
  public Tensor part(DnnGraph graph) {
    Tensor whole = graph.tensor(tensor);
    List<Long> dims = new ArrayList<>(whole.shape().dims());
    places.strips().forEach(strip -> dims.set(strip.axis(), strip.span().length()));
    return new Tensor(name, new TensorShape(dims), whole.type(), whole.producer());
  }

  double bits(DnnGraph graph) {
    double bits = graph.tensor(tensor).size().bits();
    for (Strip strip : places.strips()) {
      bits = bits * strip.span().length() / graph.tensor(tensor).shape().dim(strip.axis());
    }
    return bits;
  }

  /** Bytes that it has. */
  public long bytes(DnnGraph graph) {
    return part(graph).size().bytes();
  }

  /** Bytes of some places of a tensor. */
  public static long bytes(DnnGraph graph, int tensor, Piece places) {
    return new Patch(tensor, graph.tensor(tensor).name(), places).bytes(graph);
  }
}
