package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a set of exits makes of a network: its layers segment by segment, and where in each segment
 * the device may hand over. Which thresholds the exits have plays no part.
 */
final class ExitSet {
  private static final int MOST_CUTS = 4096; // of a segment

  private final List<LayerSet> segments;
  private final List<List<Cut>> cuts = new ArrayList<>();

  /**
   * @param near layers of the segment that the device still runs
   * @param far its other layers
   * @param crossing what crosses behind them, that for later segments included
   */
  record Cut(LayerSet near, LayerSet far, List<Tensor> crossing) {
    /** What goes in a codec's form. */
    double bits(Codec codec) {
      double bits = 0;
      for (Tensor tensor : crossing) {
        bits += codec.bits(tensor);
      }
      return bits;
    }

    /** Share of right answers that it loses in a codec's form, by the tensor that loses most. */
    double lost(Codec codec) {
      double lost = 0;
      for (Tensor tensor : crossing) {
        lost = Math.max(lost, codec.lost(tensor));
      }
      return lost;
    }

    /** What the codec takes for it. */
    double seconds(Codec codec) {
      double seconds = 0;
      for (Tensor tensor : crossing) {
        seconds += codec.seconds(tensor);
      }
      return seconds;
    }
  }

  ExitSet(DnnGraph graph, ExitRule rule) {
    this.segments = Plan.segments(graph, rule);
    LayerSet needed = segments.stream().reduce(LayerSet::union).orElseThrow();
    LayerSet before = LayerSet.of();
    for (LayerSet segment : segments) {
      List<Cut> here = new ArrayList<>();
      for (LayerSet near : closed(graph, segment, before)) {
        LayerSet far = segment.minus(near);
        here.add(new Cut(near, far, crossing(graph, needed, before.union(near))));
      }
      cuts.add(here);
      before = before.union(segment);
    }
  }

  /** What a frame runs up to each exit, from the one before. */
  List<LayerSet> segments() {
    return segments;
  }

  /** Where a segment may be cut, its begin included, its end not. */
  List<Cut> cuts(int segment) {
    return cuts.get(segment);
  }

  private static List<Tensor> crossing(DnnGraph graph, LayerSet needed, LayerSet near) {
    List<Tensor> crossing = new ArrayList<>(2);
    for (int t = 0; t < graph.tensors().size(); t++) {
      if (near.contains(graph.tensor(t).producer())) {
        for (int reader : graph.consumers(t)) {
          if (needed.contains(reader) && !near.contains(reader)) {
            crossing.add(graph.tensor(t));
            break;
          }
        }
      }
    }
    return crossing;
  }

  /** The parts of a segment that can run first, but not all of it. */
  private static List<LayerSet> closed(DnnGraph graph, LayerSet segment, LayerSet before) {
    List<LayerSet> found = new ArrayList<>();
    BitSet near = new BitSet();
    int first = segment.next(0);
    if (first == 0) { // the device has the input in any case
      near.set(0);
    }
    if (!grow(graph, segment, before, segment.next(first == 0 ? 1 : first), near, found)) {
      inOrder(segment, first, found);
    }
    found.removeIf(part -> part.size() == segment.size());
    return found;
  }

  /** Too many to try: only those that run the segment's layers in their order. */
  private static void inOrder(LayerSet segment, int first, List<LayerSet> found) {
    found.clear();
    BitSet near = new BitSet();
    if (first != 0) {
      found.add(LayerSet.of(near));
    }
    for (int layer = first; layer >= 0; layer = segment.next(layer + 1)) {
      near.set(layer);
      found.add(LayerSet.of(near));
    }
  }

  private static boolean grow(
      DnnGraph graph,
      LayerSet segment,
      LayerSet before,
      int layer,
      BitSet near,
      List<LayerSet> found) {
    if (layer < 0) {
      found.add(LayerSet.of(near));
      return found.size() <= MOST_CUTS;
    }
    if (!grow(graph, segment, before, segment.next(layer + 1), near, found)) {
      return false;
    }
    for (int input : graph.layer(layer).inputs()) {
      int producer = graph.tensor(input).producer();
      if (!near.get(producer) && !before.contains(producer)) {
        return true;
      }
    }
    near.set(layer);
    boolean within = grow(graph, segment, before, segment.next(layer + 1), near, found);
    near.clear(layer);
    return within;
  }
}
