package io.cleave.testbed.experiment;

import io.cleave.policies.front.Front;
import java.util.List;

/**
 * What a planner reaches on one network and trace by weighing energy more or less: the points in
 * the plane of mean latency and mean energy that no other of its own beats, and all between them,
 * for who takes turns between two weights gets any mixture of what they give.
 *
 * @param points that no other one beats, from the fastest to the thriftiest
 */
record EnergyFront(List<Point> points) {
  /**
   * A planner under one weight.
   *
   * @param weight of energy, from 0 to 1
   * @param millis mean latency
   * @param joules a frame, the hedge's among them
   * @param hedgeJoules a frame
   */
  record Point(double weight, double millis, double joules, double hedgeJoules) {
    double[] costs() {
      return new double[] {millis, joules};
    }

    /** True if it is at most as dear in both and cheaper in one. */
    boolean beats(Point other) {
      return Front.covers(costs(), other.costs()) && !Front.covers(other.costs(), costs());
    }
  }

  EnergyFront {
    points = List.copyOf(points);
  }

  static EnergyFront of(List<Point> all) {
    return new EnergyFront(Front.of(all, Point::costs));
  }

  /**
   * True if no point of another front is below this one.
   *
   * @param slack share by which a point may be, as figures are means of few runs
   */
  boolean reaches(EnergyFront other, double slack) {
    return other.points().stream()
        .allMatch(point -> covers(point.millis() * (1 + slack), point.joules() * (1 + slack)));
  }

  /** True if a point of it, or a mixture of two, costs no more than this. */
  boolean covers(double millis, double joules) {
    for (Point one : points) {
      for (Point other : points) {
        if (one.millis() <= millis && mixed(one, other, millis) <= joules) {
          return true;
        }
      }
    }
    return false;
  }

  /** Joules of the mixture of two points that takes so long; of the slower if it is faster. */
  private static double mixed(Point fast, Point slow, double millis) {
    if (slow.millis() <= millis) {
      return Math.min(fast.joules(), slow.joules());
    }
    double share = (millis - fast.millis()) / (slow.millis() - fast.millis());
    return Math.min(fast.joules(), fast.joules() + share * (slow.joules() - fast.joules()));
  }
}
