package io.cleave.policies.memory;

import static io.cleave.policies.graph.ReceptiveField.EVERYTHING;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Strip;

/** What one machine needs to run one slice. */
public final class SliceNeed {
  private SliceNeed() {}

  /** Layers in one go; time O(layers + tensors). Of only the input there are no weights. */
  public static Need of(DnnGraph graph, LayerSet layers) {
    return new Need(
        weightBytes(graph, layers),
        new Liveness(graph, layers, tensor -> graph.tensor(tensor).size().bytes()).peakBytes());
  }

  static long weightBytes(DnnGraph graph, LayerSet layers) {
    long bytes = 0;
    for (int layer = layers.next(0); layer >= 0; layer = layers.next(layer + 1)) {
      bytes = Math.addExact(bytes, graph.layer(layer).work().parameterBytes());
    }
    return bytes;
  }

  /**
   * A piece of the one tensor that the layers make; time O(layers + tensors). Of tensors the parts
   * count that are read or made, the halo included. Channels and neurons have weights of their own,
   * and so has what a summand is made of; all other pieces need all of a layer's.
   *
   * @param footprint of the piece in this run of layers
   */
  public static Need of(DnnGraph graph, LayerSet layers, Footprint footprint) {
    double weights = 0;
    for (int layer = layers.next(0); layer >= 0; layer = layers.next(layer + 1)) {
      weights += weightBytes(graph, graph.layer(layer), footprint);
    }
    return new Need(
        (long) Math.ceil(weights), new Liveness(graph, layers, footprint::bytes).peakBytes());
  }

  /**
   * A tile of a checkerboard: of tensors what is read of them, and beside that what it takes from
   * neighbours or hands on. It needs all of its layers' weights.
   */
  static Need of(DnnGraph graph, Making tile) {
    long beside = 0;
    for (Patch patch : tile.sources().isEmpty() ? tile.gives() : tile.reads()) {
      boolean whole = patch.name().equals(graph.tensor(patch.tensor()).name());
      beside += whole ? 0 : patch.bytes(graph);
    }
    Liveness live =
        new Liveness(graph, tile.layers(), tensor -> Patch.bytes(graph, tensor, tile.held(tensor)));
    return new Need(weightBytes(graph, tile.layers()), live.peakBytes() + beside);
  }

  private static double weightBytes(DnnGraph graph, Layer layer, Footprint footprint) {
    double bytes = layer.work().parameterBytes();
    if (bytes == 0) {
      return 0;
    }
    boolean addend = footprint.makesSummands(layer);
    int divided = addend ? layer.inputs().get(0) : layer.outputs().get(0);
    for (Strip strip : footprint.part(divided).strips()) {
      if (addend || hasWeightsOfItsOwn(layer, strip.axis())) {
        bytes = bytes * strip.span().length() / graph.tensor(divided).shape().dim(strip.axis());
      }
    }
    return bytes;
  }

  /** Neurons and channels have, places of an image share all. */
  private static boolean hasWeightsOfItsOwn(Layer layer, int axis) {
    return axis == Strip.CHANNELS
        || layer.division().along(axis).filter(EVERYTHING::equals).isPresent();
  }
}
