package io.cleave.policies.tiling;

import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What pieces of a run need at least of each layer, and of each tensor that is read. Those that
 * need the same are counted together, as a layer and what works on it element by element.
 */
final class Needs {
  private final int[] layers; // of the run
  private final double[] made; // [layer] part that all pieces together need of it
  private final int[] group; // [layer, and then tensor that is read]
  private final double[] read; // [tensor that is read] part of all bits that are
  private final double inputBits;
  private final double outputBits;
  private final List<List<Line>> lines; // [group][axis of the whole]

  /** Time O(layers). */
  Needs(Funnel funnel, Piece whole) {
    List<List<Line>> each = new ArrayList<>(); // [axis][layer or tensor]
    whole.strips().forEach(strip -> each.add(Line.all(funnel, strip)));
    Map<List<Line>, Integer> groups = new LinkedHashMap<>();
    this.group = new int[each.get(0).size()];
    for (int i = 0; i < group.length; i++) {
      List<Line> own = new ArrayList<>();
      for (List<Line> axis : each) {
        own.add(axis.get(i));
      }
      group[i] = groups.computeIfAbsent(own, key -> groups.size());
    }
    this.lines = List.copyOf(groups.keySet());
    this.layers = funnel.run().stream().toArray();
    Footprint all = funnel.footprint(whole);
    this.made = all.parts();
    this.inputBits = all.inputBits();
    this.outputBits = all.outputBits();
    this.read = funnel.inputParts();
  }

  /**
   * Seconds of each group.
   *
   * @param input seconds for all of what is read
   */
  double[] grouped(LayerTimes times, double input) {
    double[] seconds = new double[lines.size()];
    for (int i = 0; i < layers.length; i++) {
      seconds[group[i]] += times.layer(layers[i]) * made[i];
    }
    for (int i = 0; i < read.length; i++) {
      seconds[group[layers.length + i]] += input * read[i];
    }
    return seconds;
  }

  /**
   * Seconds that a piece takes at least.
   *
   * @param seconds [group]
   * @param first where it is along the first axis, as {@link Line} tells places apart
   * @param second where it is along the second one
   */
  LeastWork.Cost cost(double[] seconds, int first, int second) {
    double base = 0;
    double down = 0;
    double across = 0;
    double area = 0;
    for (int i = 0; i < seconds.length; i++) {
      List<Line> axes = lines.get(i);
      double base1 = axes.get(0).base(first);
      double slope1 = axes.get(0).slope(first);
      double base2 = axes.size() == 1 ? 1 : axes.get(1).base(second);
      double slope2 = axes.size() == 1 ? 0 : axes.get(1).slope(second);
      base += seconds[i] * base1 * base2;
      down += seconds[i] * slope1 * base2;
      across += seconds[i] * base1 * slope2;
      area += seconds[i] * slope1 * slope2;
    }
    return new LeastWork.Cost(base, down, across, area);
  }

  /** Bits of what is read, for all pieces as one. */
  double inputBits() {
    return inputBits;
  }

  /** Bits of what is made. */
  double outputBits() {
    return outputBits;
  }
}
