package io.cleave.policies.graph;

import java.util.ArrayList;
import java.util.List;

/** Where a network of one output can be cut so that a single tensor crosses. */
public final class NarrowCuts {
  private NarrowCuts() {}

  /**
   * The tensors that cross there, in the order of the network; not its output. Of one that only a
   * pass over memory separates from another of the same size, the later one.
   */
  public static List<Integer> of(DnnGraph trunk) {
    List<Integer> cuts = new ArrayList<>();
    for (int t = 0; t < trunk.tensors().size(); t++) {
      boolean last = trunk.outputs().contains(t);
      if (!last && trunk.cut(trunk.leadingTo(t)).tensors().equals(List.of(t)) && !early(trunk, t)) {
        cuts.add(t);
      }
    }
    return cuts;
  }

  private static boolean early(DnnGraph trunk, int tensor) {
    int[] readers = trunk.consumers(tensor);
    if (readers.length != 1) {
      return false;
    }
    LayerKind kind = trunk.layer(readers[0]).kind();
    int made = trunk.layer(readers[0]).outputs().get(0);
    return (kind == LayerKind.ELEMENTWISE || kind == LayerKind.VIEW)
        && !trunk.outputs().contains(made)
        && trunk.tensor(made).size().equals(trunk.tensor(tensor).size());
  }
}
