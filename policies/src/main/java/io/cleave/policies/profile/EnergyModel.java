package io.cleave.policies.profile;

/**
 * What a device draws.
 *
 * @param computeWatts of the board while it computes
 * @param idleWatts of the board while it waits for a frame's answer
 * @param radio drawn on top while data moves
 */
public record EnergyModel(double computeWatts, double idleWatts, Radio radio) {
  private static final double LEAST_OF_TIME = 1e-6;

  public EnergyModel {
    if (!(computeWatts >= 0 && idleWatts >= 0) || Double.isInfinite(computeWatts + idleWatts)) {
      throw new IllegalArgumentException(
          "The power of a board must be finite and not negative, not %s and %s."
              .formatted(computeWatts, idleWatts));
    }
  }

  /**
   * What a joule is worth in seconds if energy has this weight against time, each counted in what
   * the device takes by itself: a frame of L seconds there takes computeWatts x L joules, so that
   * (1 - weight) seconds / L + weight joules / (computeWatts L) is least where seconds + weight /
   * ((1 - weight) computeWatts) joules is, whatever the network.
   *
   * @param weight from 0, time alone, to 1, energy alone; then time still has a millionth, so that
   *     of plans that take the same energy the faster one is preferred
   * @throws IllegalArgumentException if the weight is out of range or the board draws nothing
   */
  public double secondsPerJoule(double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "The weight of energy must be from 0 to 1, not %s.".formatted(weight));
    }
    if (computeWatts == 0) {
      throw new IllegalArgumentException(
          "A board that draws 0 W while it computes has no weight of energy. Maybe give seconds per joule.");
    }
    double most = Math.min(weight, 1 - LEAST_OF_TIME);
    return most / ((1 - most) * computeWatts);
  }

  /** The weight of energy, from 0 to 1, at which a joule is worth so many seconds. */
  public double weight(double secondsPerJoule) {
    double ratio = secondsPerJoule * computeWatts;
    return ratio / (1 + ratio);
  }

  /**
   * Mean power in watts: frames' joules as often as frames come, and idle power in between.
   *
   * @param joules of a frame
   * @param seconds that a frame takes
   */
  public double meanWatts(double framesPerSecond, double joules, double seconds) {
    return framesPerSecond * joules + idleWatts * Math.max(0, 1 - framesPerSecond * seconds);
  }
}
