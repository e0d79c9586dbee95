package io.cleave.policies.plan;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What machines that share a stage make first, and keep: before the next round they hand each other
 * what their next pieces read and they do not hold.
 *
 * @param layers of the stage that are run in it; they make one tensor, which is all that the next
 *     round reads
 * @param pieces of that tensor, one for each share, in the shares' order; all of it together
 */
public record Round(LayerSet layers, List<Piece> pieces) {
  public Round {
    pieces = List.copyOf(pieces);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A round runs at least one layer, not none.");
    }
  }

  Round with(UnaryOperator<LayerSet> change) {
    return new Round(change.apply(layers), pieces);
  }
}
