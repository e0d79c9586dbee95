package io.cleave.policies.tiling;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;

/**
 * What one machine takes for pieces of a run at least. It is begun and asked once; of a piece it
 * makes, and is given, what {@link Needs} says, and gives back the piece.
 */
final class LeastWork {
  private final Needs needs;
  private final double[] seconds; // [group of what is needed]
  private final double fixed;
  private final double output; // seconds to give all back
  private final double all;
  private final Cost[][] costs = new Cost[Line.PLACES][Line.PLACES]; // as they are asked for

  private LeastWork(Needs needs, double[] seconds, double fixed, double output) {
    this.needs = needs;
    this.seconds = seconds;
    this.fixed = fixed;
    this.output = output;
    double sum = output;
    for (double each : seconds) {
      sum += each;
    }
    this.all = sum;
  }

  /** Time O(layers). */
  static LeastWork of(int node, Needs needs, Observation observation, Terms terms) {
    LayerTimes times = observation.node(node).times();
    if (node == Stage.DEVICE) {
      return new LeastWork(needs, needs.grouped(times, 0), times.startSeconds(), 0);
    }
    LinkState link = observation.server(node).link();
    double up = terms.codec().sizeFactor() * needs.inputBits();
    double down = terms.codec().sizeFactor() * needs.outputBits();
    double input = terms.codec().seconds(up) + up / link.up().bitsPerSecond();
    double output = terms.codec().seconds(down) + down / link.down().bitsPerSecond();
    double asked = link.rttSeconds() + observation.node(node).queueSeconds();
    return new LeastWork(needs, needs.grouped(times, input), times.startSeconds() + asked, output);
  }

  /**
   * Seconds of a piece that is r of the first axis and c of the second: base + down r + across c +
   * area r c.
   */
  record Cost(double base, double down, double across, double area) {
    double seconds(double r, double c) {
      return base + down * r + across * c + area * r * c;
    }
  }

  /** Seconds whatever the piece. */
  double fixed() {
    return fixed;
  }

  /** Seconds of the whole run beside the fixed ones. */
  double all() {
    return all;
  }

  /**
   * Of a piece.
   *
   * @param first where it is along the first axis, as {@link Line} tells places apart
   * @param second where it is along the second one
   */
  Cost cost(int first, int second) {
    if (costs[first][second] == null) {
      Cost needed = needs.cost(seconds, first, second);
      costs[first][second] =
          new Cost(needed.base() + fixed, needed.down(), needed.across(), needed.area() + output);
    }
    return costs[first][second];
  }

  /** Of a strip of no places along one axis. */
  double begun(int axis, int place) {
    return strip(axis, place).base();
  }

  /** More for a strip of all of the axis. */
  double slope(int axis, int place) {
    Cost cost = strip(axis, place);
    return cost.down() + cost.across() + cost.area();
  }

  private Cost strip(int axis, int place) {
    return axis == 0 ? cost(place, Line.WHOLE) : cost(Line.WHOLE, place);
  }
}
