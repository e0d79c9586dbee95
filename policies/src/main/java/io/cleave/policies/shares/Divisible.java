package io.cleave.policies.shares;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Strip;
import java.util.List;
import java.util.Optional;

/**
 * A run of layers that can be cut into pieces.
 *
 * @param layers of the run
 * @param axis along which it is cut: the longer one of rows and columns of an image, rows if they
 *     are equal; the last for anything else, the neurons of a fully connected layer
 * @param length of that axis in what the run makes, at least 2
 * @param inputBits of what the run reads, 32 bits a value
 * @param outputBits of what it makes
 */
record Divisible(LayerSet layers, int axis, long length, double inputBits, double outputBits) {
  private static final int IMAGE_AXES = 4;

  /** Empty if it stays in one piece. */
  static Optional<Divisible> of(DnnGraph graph, LayerSet layers) {
    List<Integer> outputs = Footprint.outputs(graph, layers);
    if (outputs.size() != 1) {
      return Optional.empty();
    }
    TensorShape made = graph.tensor(outputs.get(0)).shape();
    int axis = made.rank() - 1;
    if (made.rank() == IMAGE_AXES && made.dim(2) >= made.dim(3)) {
      axis = 2;
    }
    if (axis < 1 || made.dim(axis) < 2 || Footprint.obstacle(graph, layers, axis).isPresent()) {
      return Optional.empty();
    }
    Footprint whole = Footprint.of(graph, layers, new Strip(axis, Span.whole(made.dim(axis))));
    return Optional.of(
        new Divisible(
            layers, axis, made.dim(axis), whole.inputSize().bits(), whole.outputSize().bits()));
  }
}
