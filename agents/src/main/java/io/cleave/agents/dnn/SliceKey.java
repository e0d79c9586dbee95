package io.cleave.agents.dnn;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.wire.ModelReference;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of which network: equal for equal content, whatever the network is called.
 *
 * @param layers without layer 0, for the input is no work
 * @param piece of what they make; empty for all of it
 * @param precision with which numbers they are run
 */
record SliceKey(
    String sha256,
    Map<String, TensorShape> inputShapes,
    LayerSet layers,
    Optional<Piece> piece,
    Precision precision) {
  private static final LayerSet INPUT = LayerSet.of(0);

  static SliceKey of(Model model, Step step) {
    ModelReference reference = model.reference();
    return new SliceKey(
        reference.sha256(),
        reference.inputShapes(),
        step.layers().minus(INPUT),
        step.piece(),
        step.precision());
  }
}
