package io.cleave.policies.plan;

/**
 * What a plan must keep; infinite for what is not bounded.
 *
 * @param seconds until the answer, above 0
 * @param lossPoints of accuracy at most, at least 0
 * @param watts that the device may draw on average, above 0: what is in its battery over how long
 *     it shall last
 */
public record Bounds(double seconds, double lossPoints, double watts) {
  /** Anything goes. */
  public static final Bounds NONE =
      new Bounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Bounds {
    check(seconds > 0, "Seconds until the answer", "above 0", seconds);
    check(lossPoints >= 0, "Lost points of accuracy", "at least 0", lossPoints);
    check(watts > 0, "Mean watts of the device", "above 0", watts);
  }

  private static void check(boolean right, String what, String range, double value) {
    if (!right) {
      throw new IllegalArgumentException(
          "%s must be bounded by a number %s, not %s.".formatted(what, range, value));
    }
  }

  /** Mean watts at which so many watt-hours last so many hours. */
  public static double watts(double wattHours, double hours) {
    return wattHours / hours;
  }
}
