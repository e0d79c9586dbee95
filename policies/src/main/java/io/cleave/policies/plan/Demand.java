package io.cleave.policies.plan;

/**
 * What the user asks of a device.
 *
 * @param framesPerSecond rate at which frames arrive, above 0
 * @param deadlineSeconds within which an answer is useful; infinite if any time will do
 * @param secondsPerJoule what the user would wait to save a joule, at least 0; 0 is latency alone
 */
public record Demand(double framesPerSecond, double deadlineSeconds, double secondsPerJoule) {
  public Demand {
    if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
      throw new IllegalArgumentException(
          "The frame rate must be finite and above 0, not %s.".formatted(framesPerSecond));
    }
    if (!(deadlineSeconds > 0)) {
      throw new IllegalArgumentException(
          "A deadline must be above 0 s, not %s.".formatted(deadlineSeconds));
    }
    if (!(secondsPerJoule >= 0) || Double.isInfinite(secondsPerJoule)) {
      throw new IllegalArgumentException(
          "The weight of energy must be finite and at least 0 s/J, not %s."
              .formatted(secondsPerJoule));
    }
  }
}
