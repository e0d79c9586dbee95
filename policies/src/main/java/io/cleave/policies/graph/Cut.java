package io.cleave.policies.graph;

import io.cleave.policies.units.ByteCount;
import java.util.List;

/**
 * A division of a network in two: the layers that run first, and the set of tensors that crosses. A
 * tensor with several readers beyond the cut crosses once.
 *
 * @param near the layers that run first; closed under predecessors, always with layer 0, the input
 * @param tensors indices of the tensors that cross, ascending
 * @param size of all that crosses
 */
public record Cut(LayerSet near, List<Integer> tensors, ByteCount size) {
  public Cut {
    tensors = List.copyOf(tensors);
  }
}
