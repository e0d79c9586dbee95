package io.cleave.policies.partition;

import io.cleave.policies.plan.Demand;

/**
 * What a busy device or link costs the frames that come next: the delay, summed over them, that one
 * frame's use of it puts on those behind.
 *
 * <p>Frames that come evenly wait only if the use lasts past the next arrival; the first then waits
 * for what is left, each further one for less by what is free between two frames. Frames that come
 * at random each have the chance rate x seconds to come during the use, wait half of it, and push
 * on those behind them (Pollaczek-Khinchine). What lies between is interpolated.
 */
final class KnockOn {
  /**
   * For how many frames a plan that overloads a device is taken to stay in force; keeps the price
   * of an overload finite so that the smaller one still wins.
   */
  private static final double HORIZON_FRAMES = 32;

  private final double gapSeconds;
  private final double randomness;

  KnockOn(Demand demand) {
    this.gapSeconds = 1 / demand.framesPerSecond();
    this.randomness = demand.gapVariation();
  }

  /**
   * Delay in seconds of all later frames together.
   *
   * @param from seconds from a frame's start to the begin of its use
   * @param to end of its use
   * @param meanBusySeconds for which the frames behind keep the same device or link busy
   */
  double seconds(double from, double to, double meanBusySeconds) {
    if (!(to > from)) {
      return 0;
    }
    if (to == Double.POSITIVE_INFINITY || meanBusySeconds == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double slack = gapSeconds - meanBusySeconds;
    return (1 - randomness) * even(from, to, slack) + randomness * random(to - from, slack);
  }

  /** True if a use that ends within one gap costs nobody anything. */
  boolean free(double to) {
    return randomness == 0 && to <= gapSeconds;
  }

  private double even(double from, double to, double slack) {
    double arrival = (Math.floor(from / gapSeconds) + 1) * gapSeconds;
    double first = to - arrival;
    if (first <= 0) {
      return 0;
    }
    double frames = slack > 0 ? Math.min(HORIZON_FRAMES, Math.ceil(first / slack)) : HORIZON_FRAMES;
    return frames * first - slack * frames * (frames - 1) / 2;
  }

  private double random(double busy, double slack) {
    double freeShare = Math.max(slack / gapSeconds, 1 / HORIZON_FRAMES);
    return busy * busy / 2 / gapSeconds / freeShare;
  }
}
