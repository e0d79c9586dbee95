package io.cleave.policies.tiling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the weights of each layer of a chain are divided among equal machines, so that the fewest
 * values cross.
 *
 * <p><b>Source:</b> Stahl et al., "Fully distributed deep learning inference on
 * resource-constrained edge devices", SAMOS 2019: the integer programme over schemes of layers, as
 * a dynamic programme. <b>Complexity:</b> O(layers). <b>Assumes</b> that all machines get equal
 * parts, and that a machine need not be sent again what it made of the layer before.
 * <b>Differs:</b> 1. What lies between two layers with weights, as a pool does, is part of the
 * first; so values that are added up, before it, may be more than those that go on, behind it. 2. A
 * scheme may be closed to a layer.
 */
final class ShardSchemes {
  /** How a layer's weights are divided. */
  enum Scheme {
    /** By what the layer makes: each machine all of its input and some of its output. */
    OUTPUT,
    /** By what it reads: each machine some of its input, and a summand of all of its output. */
    INPUT,
    /** First of two: each machine all of the input, and what it makes stays there. */
    FIRST,
    /** Second of two: each machine reads what it has, and makes a summand of all of the output. */
    SECOND
  }

  /**
   * A layer of the chain, in values.
   *
   * @param inputs that it reads
   * @param outputs that it makes, what follows it without weights included
   * @param sums that it makes itself
   * @param summed true if summands of it can be made
   * @param fused true if it may be the first of two with the next one
   */
  record Shard(long inputs, long outputs, long sums, boolean summed, boolean fused) {
    /** Neurons, of which all schemes are open. */
    static Shard neurons(long inputs, long outputs) {
      return new Shard(inputs, outputs, outputs, true, true);
    }
  }

  /**
   * Schemes, and what crosses.
   *
   * @param values sent and received, all machines together
   */
  record Choice(List<Scheme> schemes, double values) {}

  private static final long CLOSED = Long.MAX_VALUE / 4;

  private ShardSchemes() {}

  /**
   * The best schemes; of equally good ones the first in the order of {@link Scheme}.
   *
   * @param machines at least 2
   */
  static Choice best(List<Shard> chain, int machines) {
    int count = Scheme.values().length;
    long[] cost = new long[count]; // [scheme of the layer before]
    List<int[]> before = new ArrayList<>(); // [layer][scheme] of the layer before it
    for (int layer = 0; layer < chain.size(); layer++) {
      long[] next = new long[count];
      int[] from = new int[count];
      for (Scheme scheme : Scheme.values()) {
        int here = place(scheme);
        next[here] = CLOSED;
        for (Scheme previous : Scheme.values()) {
          boolean first = layer == 0 && previous != Scheme.INPUT; // one that stands for "none"
          if (first || !open(chain, layer, previous, scheme)) {
            continue;
          }
          long sum = cost[place(previous)] + share(chain.get(layer), previous, scheme, machines);
          if (sum < next[here]) {
            next[here] = sum;
            from[here] = place(previous);
          }
        }
      }
      cost = next;
      before.add(from);
    }
    return traced(cost, before, machines);
  }

  private static Choice traced(long[] cost, List<int[]> before, int machines) {
    int last = 0;
    for (int scheme = 1; scheme < cost.length; scheme++) {
      last = cost[scheme] < cost[last] ? scheme : last;
    }
    long values = cost[last];
    List<Scheme> schemes = new ArrayList<>();
    for (int layer = before.size() - 1; layer >= 0; layer--) {
      schemes.add(Scheme.values()[last]);
      last = before.get(layer)[last];
    }
    Collections.reverse(schemes);
    return new Choice(schemes, (machines - 1.0) / machines * values);
  }

  /** True if a layer may be divided so behind one that is divided so. */
  static boolean open(List<Shard> chain, int layer, Scheme previous, Scheme scheme) {
    Shard shard = chain.get(layer);
    boolean pairs = (previous == Scheme.FIRST) == (scheme == Scheme.SECOND);
    return pairs
        && switch (scheme) {
          case OUTPUT -> true;
          case INPUT, SECOND -> shard.summed();
          case FIRST -> shard.fused() && layer + 1 < chain.size() && chain.get(layer + 1).summed();
        };
  }

  /** Values that cross for a layer, in parts of (machines - 1) / machines of one. */
  static long share(Shard shard, Scheme previous, Scheme scheme, int machines) {
    int missing = previous == Scheme.OUTPUT ? machines - 1 : machines;
    return switch (scheme) {
      case OUTPUT -> missing * shard.inputs() + shard.outputs();
      case INPUT -> shard.inputs() + machines * shard.sums();
      case FIRST -> missing * shard.inputs();
      case SECOND -> machines * shard.sums();
    };
  }

  private static int place(Scheme scheme) {
    return switch (scheme) {
      case OUTPUT -> 0;
      case INPUT -> 1;
      case FIRST -> 2;
      case SECOND -> 3;
    };
  }
}
