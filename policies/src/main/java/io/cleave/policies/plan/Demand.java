package io.cleave.policies.plan;

/**
 * What the user asks of a device.
 *
 * @param framesPerSecond rate at which frames arrive, above 0
 * @param deadlineSeconds within which an answer is useful; infinite if any time will do
 * @param secondsPerJoule what the user would wait to save a joule, at least 0; 0 is latency alone
 * @param gapVariation squared coefficient of variation of the gaps between frames, in 0..1: 0 for
 *     frames that come evenly, as from a camera; 1 for frames that come at random, as from people
 * @param bounds that plans must keep
 */
public record Demand(
    double framesPerSecond,
    double deadlineSeconds,
    double secondsPerJoule,
    double gapVariation,
    Bounds bounds) {
  /** Anything goes. */
  public Demand(
      double framesPerSecond, double deadlineSeconds, double secondsPerJoule, double gapVariation) {
    this(framesPerSecond, deadlineSeconds, secondsPerJoule, gapVariation, Bounds.NONE);
  }

  /** Frames that come evenly. */
  public Demand(double framesPerSecond, double deadlineSeconds, double secondsPerJoule) {
    this(framesPerSecond, deadlineSeconds, secondsPerJoule, 0);
  }

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
    if (!(gapVariation >= 0 && gapVariation <= 1)) {
      throw new IllegalArgumentException(
          "The variation of gaps must be in 0..1, not %s.".formatted(gapVariation));
    }
  }

  /**
   * The mean wait of the next frame behind work that is queued now: a part of it is done when that
   * frame comes, at any moment of the interval alike.
   *
   * @param queueSeconds of work, at least 0
   */
  public double waitBehind(double queueSeconds) {
    double interval = 1 / framesPerSecond;
    return queueSeconds < interval
        ? queueSeconds * queueSeconds / (2 * interval)
        : queueSeconds - interval / 2;
  }

  /** The same demand with frames that come so unevenly. */
  public Demand withGapVariation(double newGapVariation) {
    return new Demand(framesPerSecond, deadlineSeconds, secondsPerJoule, newGapVariation, bounds);
  }

  /** The same within bounds. */
  public Demand within(Bounds newBounds) {
    return new Demand(framesPerSecond, deadlineSeconds, secondsPerJoule, gapVariation, newBounds);
  }
}
