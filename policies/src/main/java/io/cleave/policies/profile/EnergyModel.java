package io.cleave.policies.profile;

/**
 * What a device draws.
 *
 * @param computeWatts of the board while it computes
 * @param idleWatts of the board while it waits for a frame's answer
 * @param radio drawn on top while data moves
 */
public record EnergyModel(double computeWatts, double idleWatts, Radio radio) {
  public EnergyModel {
    if (!(computeWatts >= 0 && idleWatts >= 0) || Double.isInfinite(computeWatts + idleWatts)) {
      throw new IllegalArgumentException(
          "The power of a board must be finite and not negative, not %s and %s."
              .formatted(computeWatts, idleWatts));
    }
  }
}
