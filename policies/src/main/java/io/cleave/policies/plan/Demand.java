package io.cleave.policies.plan;

/**
 * What the user asks of a device.
 *
 * @param framesPerSecond rate at which frames arrive, above 0
 * @param deadlineSeconds within which an answer is useful; infinite if any time will do
 * @param weights what the user would wait to save joules, points, servers' seconds
 * @param gapVariation squared coefficient of variation of the gaps between frames, in 0..1: 0 for
 *     frames that come evenly, as from a camera; 1 for frames that come at random, as from people
 * @param bounds that plans must keep
 */
public record Demand(
    double framesPerSecond,
    double deadlineSeconds,
    Weights weights,
    double gapVariation,
    Bounds bounds) {
  /** Anything goes, and joules alone have a price. */
  public Demand(
      double framesPerSecond, double deadlineSeconds, double secondsPerJoule, double gapVariation) {
    this(
        framesPerSecond,
        deadlineSeconds,
        Weights.ofJoules(secondsPerJoule),
        gapVariation,
        Bounds.NONE);
  }

  /** The same with frames that come evenly. */
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
    return new Demand(framesPerSecond, deadlineSeconds, weights, newGapVariation, bounds);
  }

  /** The same with other prices. */
  public Demand weighing(Weights others) {
    return new Demand(framesPerSecond, deadlineSeconds, others, gapVariation, bounds);
  }

  /** The same within bounds. */
  public Demand within(Bounds newBounds) {
    return new Demand(framesPerSecond, deadlineSeconds, weights, gapVariation, newBounds);
  }
}
