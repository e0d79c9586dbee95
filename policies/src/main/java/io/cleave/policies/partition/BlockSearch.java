package io.cleave.policies.partition;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.graph.LayerSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the least-cost cut of one network again and again: what the network determines is prepared
 * once, times are loaded for each problem, and the uplink varies with each search.
 *
 * <p>An optimal cut lies right behind a cut vertex, a layer that no tensor passes by, or between
 * two adjacent ones. Cuts behind cut vertices cost O(1) each by prefix sums; between them only
 * those stretches are searched whose lower bound is below the best so far.
 *
 * <p>Ties: all local first, then cuts behind cut vertices from the input on, then cuts within
 * stretches from the input on. Owned by one thread.
 */
final class BlockSearch {
  static final double GUARD = CostLine.GUARD;
  static final double FLOW_GUARD = 1e-14; // the same for each arc of a flow

  final Skeleton skeleton;
  private final int[] cuts; // cut vertices ascending, those without anything behind left out
  private final double[] cutBits; // beside cuts
  private final double[] cutSeconds; // of the codec, beside cuts
  private final Block[] blocks; // stretches that are more than a step
  private final double[] leastBits; // [block] that cross wherever the cut runs
  private final Dinic dinic;
  private final double[] before; // [vertex] seconds of all up to it on the device
  private final double[] behind; // [vertex] seconds of all behind it on the server
  private final double[] floor; // [block]
  private double[] te = {};
  private double[] tc = {};
  private double start;
  private final BitSet near = new BitSet(); // of the best cut

  BlockSearch(Skeleton skeleton) {
    this.skeleton = skeleton;
    cuts = skeleton.cutVertices();
    cutBits = new double[cuts.length];
    cutSeconds = new double[cuts.length];
    for (int t = 0; t < skeleton.tensors(); t++) {
      int place = Arrays.binarySearch(cuts, skeleton.producer[t]);
      if (place >= 0 && skeleton.isRead(t)) {
        cutBits[place] += skeleton.bits[t];
        cutSeconds[place] += skeleton.codecSeconds[t];
      }
    }
    blocks = blocks();
    int vertices = 0;
    int arcs = 0;
    for (Block block : blocks) {
      vertices = Math.max(vertices, block.network.vertices());
      arcs = Math.max(arcs, block.network.arcs());
    }
    dinic = new Dinic(vertices, arcs);
    double[] free = new double[skeleton.sink + 1];
    leastBits = new double[blocks.length];
    for (int b = 0; b < blocks.length; b++) {
      leastBits[b] = blocks[b].minimum(free, free, Toll.BITS, Double.POSITIVE_INFINITY, 0, dinic);
    }
    before = new double[skeleton.sink + 1];
    behind = new double[skeleton.sink + 1];
    floor = new double[blocks.length];
  }

  /**
   * Loads a problem; the arrays are not copied.
   *
   * @param device seconds of each vertex on the device
   * @param server seconds of each vertex on the server
   * @param startSeconds added if any layer runs on the device
   */
  void load(double[] device, double[] server, double startSeconds) {
    te = device;
    tc = server;
    start = startSeconds;
    int sink = skeleton.sink;
    for (int v = 1; v <= sink; v++) {
      before[v] = before[v - 1] + te[v];
    }
    for (int v = sink; v > 0; v--) {
      behind[v - 1] = behind[v] + tc[v];
    }
    for (int b = 0; b < blocks.length; b++) {
      floor[b] = blocks[b].floor(te, tc);
    }
  }

  /**
   * The least cost in seconds at x seconds per bit, over all cuts and all local; {@link #near}
   * tells the layers.
   */
  double search(double x) {
    int sink = skeleton.sink;
    double best = before[sink] + started(sink - 1);
    int end = sink;
    for (int i = 0; i < cuts.length; i++) {
      double seconds = behindCut(i) + cutBits[i] * x;
      if (seconds < best - GUARD * best) {
        best = seconds;
        end = cuts[i] + 1;
      }
    }
    near.clear();
    near.set(0, end);
    for (int b = 0; b < blocks.length; b++) {
      best = searchBlock(b, x, best);
    }
    return best;
  }

  /** The layers on the device in the cut found last. */
  LayerSet near() {
    return LayerSet.of(near);
  }

  /** All cuts behind cut vertices, and all local, as cost lines. */
  List<CostLine<LayerSet>> simpleLines() {
    List<CostLine<LayerSet>> lines = new ArrayList<>(cuts.length + 1);
    for (int i = 0; i < cuts.length; i++) {
      lines.add(new CostLine<>(behindCut(i), cutBits[i], LayerSet.range(0, cuts[i] + 1)));
    }
    int sink = skeleton.sink;
    lines.add(new CostLine<>(before[sink] + started(sink - 1), 0, LayerSet.range(0, sink)));
    return lines;
  }

  private double searchBlock(int b, double x, double best) {
    Block block = blocks[b];
    double base = before[block.first] + start + floor[b] + behind[block.last - 1];
    double limit = best - GUARD * best - base;
    if (!(leastBits[b] * x < limit)) {
      return best;
    }
    double seconds = block.minimum(te, tc, Toll.at(x), limit, FLOW_GUARD * best, dinic);
    if (!(seconds < limit)) {
      return best;
    }
    near.clear();
    near.set(0, block.first + 1);
    for (int v = block.first + 1; v < block.last; v++) {
      near.set(v, block.near(v, dinic));
    }
    return base + seconds;
  }

  private double behindCut(int i) {
    return before[cuts[i]] + started(cuts[i]) + behind[cuts[i]] + cutSeconds[i];
  }

  private double started(int lastOnDevice) {
    return lastOnDevice == 0 ? 0 : start;
  }

  private Block[] blocks() {
    List<Block> found = new ArrayList<>();
    int[] bounds = skeleton.bounds();
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] - bounds[i - 1] > 1) {
        found.add(Block.between(skeleton, bounds[i - 1], bounds[i]));
      }
    }
    return found.toArray(Block[]::new);
  }
}
