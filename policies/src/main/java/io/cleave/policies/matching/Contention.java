package io.cleave.policies.matching;

/**
 * What sharing a machine or a link costs. Whoever comes waits for those before; with the share of
 * time that it is busy, its load, the mean wait is v load / (1 - load) times the mean work.
 *
 * <p>Source: the queue with one server in order of arrival, M/G/1 by Pollaczek and Khinchine, with
 * v = (c_a^2 + c_s^2) / 2 for other arrivals by Allen and Cunneen ("Probability, statistics, and
 * queueing theory", 1990): v is 1 for gaps and works at random, 1/2 if all works are alike.
 *
 * <p>Differs: beyond a load of {@value #STEEP} the wait goes on as its tangent, so that overload
 * has a finite price, the higher the worse, and any assignment can be compared with any other.
 *
 * <p>Costs are counted per second: a load x stands for x seconds of work a second, and costs x (1 +
 * wait), which is convex in x.
 */
final class Contention {
  static final double STEEP = 0.95;

  private static final double AT = STEEP / (1 - STEEP);
  private static final double SLOPE = 1 / ((1 - STEEP) * (1 - STEEP));

  private Contention() {}

  /** Mean wait in mean works, at a variability of 1. */
  static double wait(double load) {
    return load < STEEP ? load / (1 - load) : AT + (load - STEEP) * SLOPE;
  }

  /** Seconds a second that all who share it spend, working or waiting. */
  static double cost(double load, double variability) {
    return load * (1 + variability * wait(load));
  }

  /** What a bit more load adds to {@link #cost}. */
  static double price(double load, double variability) {
    double rest = 1 - load;
    double slope = load < STEEP ? 1 / (rest * rest) : SLOPE;
    return 1 + variability * (wait(load) + load * slope);
  }

  /** By how much {@link #price} rises with load at least, from this one on. */
  static double curve(double load, double variability) {
    double rest = 1 - load;
    return 2
        * variability
        * (load < 0 ? 1 : load < STEEP ? Math.min(SLOPE, 1 / (rest * rest * rest)) : SLOPE);
  }
}
