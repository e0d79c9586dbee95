package io.cleave.policies.partition;

import io.cleave.policies.profile.EnergyModel;

/**
 * How long to wait for an answer that is later than all that were expected before carrying on
 * alone.
 *
 * <p>Idea: what is known of such an answer is how late it is already. It is taken to have not come
 * by t seconds, if it has not by s, with probability (s / t)^2: half of those as late as this are
 * late by two fifths again, one in nine by twice that time. Each second of waiting costs a second,
 * and the joules of a board and a radio that wait; each of carrying on beside it what the board
 * draws more by computing. With those at a and b seconds the expected cost
 *
 * <pre>  a E[min(T, d + R)] + b E[max(0, min(T, d + R) - d)]</pre>
 *
 * of a delay d, R being what the device needs for all that it handed over, is least where (d / (d +
 * R))^2 = b / (a + b): below, more is saved by what comes while the device still waits; beyond,
 * more is lost by what comes late. Where joules cost nothing that is at 0, and it grows with their
 * price.
 *
 * <p>Source: ours; hedging after a delay that most answers keep is known (see {@link HedgedTable}).
 *
 * <p>Complexity: O(1). Assumes: the tail and its index 2, which was chosen out of 1, 2, 4 and 7 by
 * replaying energy.yaml over the training and validation traces.
 */
final class Patience {
  private static final double INDEX = 2; // of the tail

  private Patience() {}

  /**
   * In seconds after handing over.
   *
   * @param restSeconds that the device needs for all that it hands over
   * @param perJoule what a joule is worth, in seconds
   */
  static double seconds(double restSeconds, EnergyModel power, double perJoule) {
    double waiting = 1 + perJoule * (power.idleWatts() + power.radio().baseWatts());
    double computing = perJoule * Math.max(0, power.computeWatts() - power.idleWatts());
    double share = Math.pow(computing / (waiting + computing), 1 / INDEX); // of d + R that is d
    return restSeconds * share / (1 - share);
  }
}
