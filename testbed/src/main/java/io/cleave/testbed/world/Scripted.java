package io.cleave.testbed.world;

import io.cleave.policies.plan.Plan;

/**
 * A frame of which it is known when it came in and how it was run.
 *
 * @param number from 0, by which its image is chosen
 * @param arrivalSeconds since the run's start, at least 0
 * @param plan stages, codec and hedge
 */
public record Scripted(long number, double arrivalSeconds, Plan plan) {
  public Scripted {
    if (!(arrivalSeconds >= 0) || Double.isInfinite(arrivalSeconds)) {
      throw new IllegalArgumentException(
          "A frame must come in at a finite time of at least 0 s, not %s."
              .formatted(arrivalSeconds));
    }
  }
}
