package io.cleave.policies.partition;

import io.cleave.policies.cost.Estimate;

/** What a planner makes as small as it can. */
public enum Objective {
  /** Seconds from arrival to the answer. */
  LATENCY,
  /** Joules taken from the device; a plan that never answers costs infinitely many. */
  ENERGY;

  /** The figure of an estimate that counts; infinite if there would be no answer. */
  public double cost(Estimate estimate) {
    double seconds = estimate.seconds();
    return this == LATENCY || seconds == Double.POSITIVE_INFINITY
        ? seconds
        : estimate.energy().joules();
  }
}
