package io.cleave.policies.control;

import java.time.Duration;

/**
 * On what terms decisions are given.
 *
 * @param rule when a plan is replaced
 * @param lease for which a decision is valid without renewal, above 0
 * @param maxReportAge after which a silent server is no longer counted on, above 0
 * @param firstVersion of a decision, at least 1 and above all that the site was given before
 * @param targeting how it is chosen who helps whom
 */
public record Terms(
    SwitchRule rule,
    Duration lease,
    Duration maxReportAge,
    long firstVersion,
    Targeting targeting) {
  /** Each device for itself. */
  public Terms(SwitchRule rule, Duration lease, Duration maxReportAge, long firstVersion) {
    this(rule, lease, maxReportAge, firstVersion, Targeting.EACH);
  }

  public Terms {
    if (lease.isNegative()
        || lease.isZero()
        || maxReportAge.isNegative()
        || maxReportAge.isZero()) {
      throw new IllegalArgumentException(
          "Leases and report ages must be above 0 s, not %s and %s."
              .formatted(lease, maxReportAge));
    }
    if (firstVersion < 1) {
      throw new IllegalArgumentException(
          "The first version must be at least 1, not %d.".formatted(firstVersion));
    }
  }

  /** The same with another way to choose who helps whom. */
  public Terms with(Targeting other) {
    return new Terms(rule, lease, maxReportAge, firstVersion, other);
  }

  /** Ten seconds of lease and three of silence, for reports that come every second. */
  public static Terms of(SwitchRule rule) {
    return new Terms(rule, Duration.ofSeconds(10), Duration.ofSeconds(3), 1);
  }
}
