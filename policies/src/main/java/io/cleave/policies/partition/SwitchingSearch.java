package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * The dynamic programme of {@link SwitchingPath}: for each layer and side, the cheapest way to have
 * run all layers before it with the last block on that side.
 */
final class SwitchingSearch {
  private static final int NEAR = 0;
  private static final int FAR = 1;

  private final DnnGraph graph;
  private final LegPrices prices;
  private final int layers;
  private final double[][] cost; // [side][layers + 1] of the cheapest way to a block's end
  private final int[][] start; // [side][layers + 1] where that way's last block begins
  private final BitSet[][][] held; // [side][layers + 1][side] tensors present there on that way
  private final int[][] reads; // [layer] tensors
  private final int[] producer; // [tensor] layer
  private final double[] size; // [tensor] bits
  private final int[] seen; // [tensor] last walk that counted it

  SwitchingSearch(DnnGraph graph, LegPrices prices) {
    this.graph = graph;
    this.prices = prices;
    this.layers = graph.size();
    this.cost = new double[2][layers + 1];
    this.start = new int[2][layers + 1];
    this.held = new BitSet[2][layers + 1][];
    this.reads =
        graph.layers().stream()
            .map(layer -> layer.inputs().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.producer = graph.tensors().stream().mapToInt(Tensor::producer).toArray();
    this.size = graph.tensors().stream().mapToDouble(tensor -> tensor.size().bits()).toArray();
    this.seen = new int[producer.length];
    Arrays.fill(cost[NEAR], Double.POSITIVE_INFINITY);
    Arrays.fill(cost[FAR], Double.POSITIVE_INFINITY);
  }

  /** Ends of the blocks of the cheapest way, ascending, near and far by turns. */
  List<Integer> blockEnds() {
    for (int end = 1; end <= layers; end++) {
      cost[NEAR][end] = prices.near(0, end);
    }
    for (int end = 1; end < layers; end++) {
      for (int side = NEAR; side <= FAR; side++) {
        if (cost[side][end] < Double.POSITIVE_INFINITY) {
          held[side][end] = heldAfter(side, end);
          extend(side, end);
        }
      }
    }
    return traceBack();
  }

  /** Tries every block that begins here on the other side. */
  private void extend(int side, int from) {
    int other = 1 - side;
    int walk = 2 * from + side; // at least 2, so no tensor has been seen in it yet
    BitSet present = held[side][from][other];
    double bits = 0;
    for (int end = from + 1; end <= layers; end++) {
      for (int tensor : reads[end - 1]) {
        if (producer[tensor] < from && seen[tensor] != walk && !present.get(tensor)) {
          seen[tensor] = walk;
          bits += size[tensor];
        }
      }
      double moved = other == FAR ? prices.up(bits) : prices.down(bits);
      double run = other == FAR ? prices.far(from, end) : prices.near(from, end);
      double sum = cost[side][from] + moved + run;
      if (sum < cost[other][end]) { // false for NaN
        cost[other][end] = sum;
        start[other][end] = from;
      }
    }
  }

  /** What each side has when the cheapest way to this block end has been gone. */
  private BitSet[] heldAfter(int side, int end) {
    int from = start[side][end];
    BitSet[] sets = {new BitSet(), new BitSet()};
    if (from > 0) {
      sets[NEAR].or(held[1 - side][from][NEAR]);
      sets[FAR].or(held[1 - side][from][FAR]);
    }
    for (int layer = from; layer < end; layer++) {
      graph.layer(layer).inputs().forEach(sets[side]::set);
      graph.layer(layer).outputs().forEach(sets[side]::set);
    }
    return sets;
  }

  private List<Integer> traceBack() {
    int side = withReturn(FAR) < withReturn(NEAR) ? FAR : NEAR;
    List<Integer> ends = new ArrayList<>();
    int end = layers;
    while (end > 0) {
      ends.add(end);
      end = start[side][end];
      side = 1 - side;
    }
    Collections.reverse(ends);
    return ends;
  }

  /** Cost of a whole way whose last block is on this side, with the answers' way back. */
  private double withReturn(int side) {
    if (cost[side][layers] == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    BitSet home = heldAfter(side, layers)[NEAR];
    double bits = 0;
    for (int answer : graph.outputs()) {
      bits += home.get(answer) ? 0 : size[answer];
    }
    return cost[side][layers] + prices.down(bits);
  }
}
