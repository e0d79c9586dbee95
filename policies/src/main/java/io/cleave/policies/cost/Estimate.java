package io.cleave.policies.cost;

/**
 * The predicted cost of one frame under a plan.
 *
 * @param way where the time of the offloaded way goes; of the local way if the plan is local
 * @param seconds until the first answer: the way's, or the hedge's if that is earlier
 * @param energy of the device
 * @param hedgeSeconds that the device computes beside the awaited answer; 0 if it does not
 * @param serverSeconds that servers compute for the frame, all together, whether or not a hedge
 *     answers first; without their queues
 */
public record Estimate(
    Latency way, double seconds, Energy energy, double hedgeSeconds, double serverSeconds) {
  /** Of a frame that takes nothing. */
  public static final Estimate ZERO = new Estimate(Latency.ZERO, 0, new Energy(0, 0, 0), 0, 0);

  /** True if the device's own continuation is predicted to answer first. */
  public boolean hedgeWins() {
    return seconds < way.seconds();
  }

  Estimate times(double share) {
    return new Estimate(
        way.times(share),
        seconds * share,
        energy.times(share),
        hedgeSeconds * share,
        serverSeconds * share);
  }

  Estimate plus(Estimate other) {
    return new Estimate(
        way.plus(other.way),
        seconds + other.seconds,
        energy.plus(other.energy),
        hedgeSeconds + other.hedgeSeconds,
        serverSeconds + other.serverSeconds);
  }
}
