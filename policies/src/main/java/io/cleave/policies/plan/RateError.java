package io.cleave.policies.plan;

import java.util.List;

/**
 * How wrong rate estimates have been: equally likely values of true rate over estimated rate,
 * ascending. A value of 0 is an outage that nobody expected.
 */
public record RateError(List<Double> ratios) {
  /** The estimate is exact. */
  public static final RateError NONE = new RateError(List.of(1.0));

  public RateError {
    ratios = List.copyOf(ratios);
    double last = 0;
    for (double ratio : ratios) {
      if (!(ratio >= last) || Double.isInfinite(ratio)) {
        throw new IllegalArgumentException(
            "Rate ratios must be finite, at least 0 and ascending, not %s.".formatted(ratios));
      }
      last = ratio;
    }
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("At least one rate ratio is needed; 1.0 means exact.");
    }
  }
}
