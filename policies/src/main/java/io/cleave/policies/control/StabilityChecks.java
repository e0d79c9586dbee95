package io.cleave.policies.control;

import io.cleave.policies.matching.Assignment;
import io.cleave.policies.matching.Stability;

/**
 * Samples whether a site's assignment is stable: now and then the device that has just reported is
 * tried against every other device and every open slot, by the definition.
 */
public final class StabilityChecks {
  private static final double GAP_SECONDS = 1; // between two looks

  private double lookedSeconds = Double.NEGATIVE_INFINITY;
  private Counts counts = Counts.NONE;

  /**
   * What was found.
   *
   * @param made devices that were tried
   * @param blocked of these, those that would have changed places with somebody
   */
  public record Counts(long made, long blocked) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0);
  }

  StabilityChecks() {}

  void look(Assignment assignment, int device, double nowSeconds) {
    if (nowSeconds - lookedSeconds >= GAP_SECONDS) {
      lookedSeconds = nowSeconds;
      boolean blocked = Stability.blocking(assignment, device).isPresent();
      counts = new Counts(counts.made() + 1, counts.blocked() + (blocked ? 1 : 0));
    }
  }

  Counts counts() {
    return counts;
  }
}
