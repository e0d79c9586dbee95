package io.cleave.policies.control;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;

/** What a device's own frames wait for each other, at its processor or at its link. */
final class OwnWait {
  /** For which what cannot keep up falls behind, before things change again. */
  private static final double HORIZON_SECONDS = 10;

  private static final double STEEP = 0.95; // as far as a queue's formula is believed

  private OwnWait() {}

  /**
   * The mean wait if each frame takes something for so long.
   *
   * @param each seconds, at least 0; may be infinite
   */
  static double seconds(Demand demand, double each) {
    double load = demand.framesPerSecond() * each;
    double steady = Math.min(load, STEEP);
    double random =
        demand.gapVariation() / 2 * steady / (1 - steady) * Math.min(each, HORIZON_SECONDS);
    double behind = Math.min(1, Math.max(0, load - 1)) * HORIZON_SECONDS / 2;
    return random + behind;
  }

  /** Seconds for which a frame takes the device. */
  static double computing(Estimate estimate, Observation seen) {
    double own = estimate.way().device() - seen.device().queueSeconds();
    return Math.max(0, own) + estimate.hedgeSeconds();
  }
}
