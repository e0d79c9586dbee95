package io.cleave.policies.control;

/**
 * When a better plan is worth a switch: it must gain enough, the plan in force must have had its
 * time, and the cost of the switch, spread over the frames of one hold time, counts against it.
 * Hysteresis is in value and in wall-clock time; counting events would not bound the rate.
 *
 * @param minGain relative gain that a new plan must bring, in [0, 1)
 * @param holdSeconds for which a plan stays in force at least, at least 0
 * @param switchSeconds that one switch costs the frames altogether, at least 0
 */
public record SwitchRule(double minGain, double holdSeconds, double switchSeconds) {
  private static final SwitchRule NONE = new SwitchRule(0, 0, 0);

  public SwitchRule {
    if (!(minGain >= 0 && minGain < 1)) {
      throw new IllegalArgumentException(
          "The smallest gain must be in [0, 1), not %s. Maybe it was given in per cent."
              .formatted(minGain));
    }
    if (!(holdSeconds >= 0) || Double.isInfinite(holdSeconds)) {
      throw new IllegalArgumentException(
          "The hold time must be finite and at least 0 s, not %s.".formatted(holdSeconds));
    }
    if (!(switchSeconds >= 0) || Double.isInfinite(switchSeconds)) {
      throw new IllegalArgumentException(
          "The cost of a switch must be finite and at least 0 s, not %s.".formatted(switchSeconds));
    }
  }

  /** Follow the planner at each report whatever it says, as published methods do. */
  public static SwitchRule none() {
    return NONE;
  }

  /** Five per cent and two seconds; a switch is free, since both sides hold the whole network. */
  public static SwitchRule steady() {
    return new SwitchRule(0.05, 2, 0);
  }

  /** True if this is {@link #none()}. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** True if a plan in force for so long may be replaced. */
  public boolean released(double inForceSeconds) {
    return inForceSeconds >= holdSeconds;
  }

  /** What one switch costs each frame that comes before the next could, in seconds. */
  double each(double framesPerSecond) {
    return switchSeconds / (framesPerSecond * Math.max(1, holdSeconds));
  }

  /**
   * True if the new plan gains enough.
   *
   * @param oldCost of a frame under the plan in force; infinite if it never answers, below 0 if the
   *     points that it wins are worth more than its time
   * @param newCost of a frame under the new plan, in the same unit
   * @param framesPerSecond that share the cost of the switch
   */
  public boolean worth(double oldCost, double newCost, double framesPerSecond) {
    double each = each(framesPerSecond);
    // So put that an old cost that is no number loses and a new one never wins.
    return newCost < Double.POSITIVE_INFINITY
        && !(newCost + each > oldCost * (1 - Math.copySign(minGain, oldCost)));
  }
}
