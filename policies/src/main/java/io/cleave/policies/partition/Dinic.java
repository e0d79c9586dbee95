package io.cleave.policies.partition;

import java.util.Arrays;

/**
 * Maximum flow by blocking flows, on flat arrays that are reused from one network to the next.
 *
 * <p>Source: Dinic, "Algorithm for solution of a problem of maximum flow in networks with power
 * estimation", Soviet Math. Doklady 11, 1970.
 *
 * <p>Complexity: O(V^2 E) time, O(V + E) memory.
 *
 * <p>Assumes: every way from source to target has an arc of finite capacity.
 *
 * <p>Differs: (1) the first blocking flows follow the network's own ranks instead of distances,
 * first onwards, then backwards (a reader that should be near pulls what it reads there too): in
 * networks of layers these sweeps find all of the flow but for rare remainders, where distances
 * from breadth-first search took 20 to 30 phases; (2) capacities are doubles, and a residual at or
 * below a guard counts as none; (3) it gives up as soon as the flow reaches a limit beyond which
 * the caller does not care.
 *
 * <p>Owned by one thread.
 */
final class Dinic {
  private static final int SWEEPS = 4; // onwards, backwards, and once more each

  final double[] residual; // [arcs] capacities go in here
  private final int[] level; // [vertices] -1 where not reached
  private final int[] current; // [vertices] the arc to try next
  private final int[] queue; // [vertices]
  private final int[] path; // [vertices] arcs from the source to where the search stands
  private final double[] offered; // [vertices] by depth: flow that came along the path
  private final double[] sent; // [vertices] by depth: of it, what found its way to the target

  Dinic(int vertices, int arcs) {
    residual = new double[arcs];
    level = new int[vertices];
    current = new int[vertices];
    queue = new int[vertices];
    path = new int[vertices];
    offered = new double[vertices];
    sent = new double[vertices];
  }

  /**
   * Pushes all that passes, or stops at the limit.
   *
   * @param limit at least 0
   * @param guard at least 0; an arc with no more than this left is full
   * @return the flow, which is also the capacity of a minimum cut; or some figure not below the
   *     limit, and then {@link #near} means nothing
   */
  double maximum(FlowNetwork network, double limit, double guard) {
    double flow = 0;
    for (int sweep = 0; sweep < SWEEPS && flow < limit; sweep++) {
      int[] order = sweep % 2 == 0 ? network.rank : network.opposite;
      System.arraycopy(order, 0, level, 0, network.vertices());
      flow += block(network, false, limit - flow, guard);
    }
    while (flow < limit && layer(network, guard)) {
      flow += block(network, true, limit - flow, guard);
    }
    return flow;
  }

  /** True if this vertex is on the source's side of the minimum cut that is nearest the source. */
  boolean near(int vertex) {
    return level[vertex] >= 0;
  }

  /** Breadth-first distances from the source; false if the target is out of reach. */
  private boolean layer(FlowNetwork network, double guard) {
    Arrays.fill(level, 0, network.vertices(), -1);
    level[FlowNetwork.SOURCE] = 0;
    queue[0] = FlowNetwork.SOURCE;
    int filled = 1;
    for (int taken = 0; taken < filled; taken++) {
      int v = queue[taken];
      for (int arc = network.from[v]; arc < network.from[v + 1]; arc++) {
        int w = network.head[arc];
        if (level[w] < 0 && residual[arc] > guard) {
          level[w] = level[v] + 1;
          if (w == FlowNetwork.TARGET) {
            return true;
          }
          queue[filled++] = w;
        }
      }
    }
    return false;
  }

  /**
   * Sends all that passes along rising levels; by steps of exactly one if strict. What a vertex got
   * is shared among its arcs before the search steps back, so that no stretch is walked for each
   * way that begins with it.
   */
  private double block(FlowNetwork network, boolean strict, double limit, double guard) {
    System.arraycopy(network.from, 0, current, 0, network.vertices());
    int depth = 0;
    int v = FlowNetwork.SOURCE;
    offered[0] = Double.POSITIVE_INFINITY;
    sent[0] = 0;
    while (true) {
      double left = offered[depth] - sent[depth];
      int arc = left > guard ? next(network, v, strict, guard) : -1;
      if (arc < 0) {
        if (depth == 0 || (depth == 1 && sent[0] + sent[1] >= limit)) {
          return depth == 0 ? sent[0] : sent[0] + book(network, depth);
        }
        v = network.head[network.twin[path[depth - 1]]];
        sent[depth - 1] += book(network, depth);
        current[v] += left > guard ? 1 : 0; // nothing more passes there
        depth--;
      } else if (network.head[arc] == FlowNetwork.TARGET) {
        double pushed = Math.min(left, residual[arc]);
        residual[arc] -= pushed;
        residual[network.twin[arc]] += pushed;
        sent[depth] += pushed;
      } else {
        path[depth++] = arc;
        offered[depth] = Math.min(left, residual[arc]);
        sent[depth] = 0;
        v = network.head[arc];
      }
    }
  }

  /** Takes what was sent on behind the last arc of the path from that arc, and returns it. */
  private double book(FlowNetwork network, int depth) {
    int arc = path[depth - 1];
    double pushed = sent[depth];
    residual[arc] -= pushed;
    residual[network.twin[arc]] += pushed;
    return pushed;
  }

  private int next(FlowNetwork network, int v, boolean strict, double guard) {
    int end = network.from[v + 1];
    int here = level[v];
    for (int arc = current[v]; arc < end; arc++) {
      int there = level[network.head[arc]];
      if (residual[arc] > guard && (strict ? there == here + 1 : there > here)) {
        current[v] = arc;
        return arc;
      }
    }
    current[v] = end;
    return -1;
  }
}
