package io.cleave.policies.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The cuts that a network allows: every set of layers that holds the input and, with each layer,
 * those that it needs.
 *
 * <p>A position is a cut at which one layer's outputs are all that is open; between two adjacent
 * positions lies a block, and the cuts inside a block do not depend on any other block.
 */
public final class LegalCuts {
  private LegalCuts() {}

  /**
   * Layers behind which nothing is open but what they made, ascending: the input and the last layer
   * of a chain are among them. All other layers come before or after each of them in any order.
   *
   * <p>Complexity: O(V + E) time.
   */
  public static List<Integer> positions(DnnGraph graph) {
    int[] lastUse = new int[graph.tensors().size()];
    for (int t = 0; t < lastUse.length; t++) {
      int[] readers = graph.consumers(t);
      boolean kept = graph.outputs().contains(t);
      lastUse[t] = kept ? graph.size() : readers.length == 0 ? -1 : readers[readers.length - 1];
    }
    List<Integer> positions = new ArrayList<>();
    int furthest = 0; // last use of anything made before layer p
    for (int p = 0; p < graph.size(); p++) {
      if (furthest <= p) {
        positions.add(p);
      }
      for (int t : graph.layer(p).outputs()) {
        furthest = Math.max(furthest, lastUse[t]);
      }
    }
    return positions;
  }

  /**
   * How many cuts there are, running everything near included; empty if there are more than the
   * limit.
   */
  public static OptionalLong count(DnnGraph graph, long limit) {
    List<Integer> positions = positions(graph);
    long count = 0;
    for (int i = 0; i < positions.size(); i++) {
      int from = positions.get(i) + 1;
      int to = i + 1 < positions.size() ? positions.get(i + 1) : graph.size();
      Walk walk = new Walk(graph, to, limit - count, near -> {});
      if (!walk.from(from, LayerSet.range(0, from))) {
        return OptionalLong.empty();
      }
      count += walk.visited;
    }
    return OptionalLong.of(count);
  }

  /**
   * Shows every cut's near side once, running everything near included. The number of cuts may be
   * exponential in the number of layers: for small networks.
   */
  public static void forEach(DnnGraph graph, Consumer<LayerSet> visit) {
    new Walk(graph, graph.size(), Long.MAX_VALUE, visit).from(1, LayerSet.of(0));
  }

  /** Decides layer by layer, in running order, whether it is near: each closed set is met once. */
  private static final class Walk {
    private final DnnGraph graph;
    private final int end;
    private final long limit;
    private final Consumer<LayerSet> visit;
    private long visited;

    Walk(DnnGraph graph, int end, long limit, Consumer<LayerSet> visit) {
      this.graph = graph;
      this.end = end;
      this.limit = limit;
      this.visit = visit;
    }

    boolean from(int layer, LayerSet near) {
      BitSet bits = new BitSet();
      near.forEach(bits::set);
      return decide(layer, bits);
    }

    private boolean decide(int layer, BitSet near) {
      if (layer == end) {
        visited++;
        visit.accept(LayerSet.of(near));
        return visited <= limit;
      }
      boolean possible = true;
      for (int t : graph.layer(layer).inputs()) {
        possible &= near.get(graph.tensor(t).producer());
      }
      if (!decide(layer + 1, near)) {
        return false;
      }
      if (!possible) {
        return true;
      }
      near.set(layer);
      boolean within = decide(layer + 1, near);
      near.clear(layer);
      return within;
    }
  }
}
