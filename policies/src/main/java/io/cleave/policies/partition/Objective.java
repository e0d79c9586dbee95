package io.cleave.policies.partition;

import io.cleave.policies.cost.Estimate;

/** What a planner makes as small as it can. */
public enum Objective {
  /** Seconds from arrival to the answer. */
  LATENCY,
  /** Joules taken from the device; a plan that never answers costs infinitely many. */
  ENERGY,
  /** Seconds that a server computes; a plan that never answers costs infinitely many. */
  SERVER;

  /** The figure of an estimate that counts; infinite if there would be no answer. */
  public double cost(Estimate estimate) {
    double seconds = estimate.seconds();
    return seconds == Double.POSITIVE_INFINITY
        ? seconds
        : cost(new Expense(seconds, estimate.energy().joules(), estimate.serverSeconds()));
  }

  /** 1 for the figure that counts, 0 for the others. */
  Expense weights() {
    return switch (this) {
      case LATENCY -> new Expense(1, 0, 0);
      case ENERGY -> new Expense(0, 1, 0);
      case SERVER -> new Expense(0, 0, 1);
    };
  }

  /** The figure of a way that counts. */
  double cost(Expense expense) {
    return switch (this) {
      case LATENCY -> expense.seconds();
      case ENERGY -> expense.joules();
      case SERVER -> expense.serverSeconds();
    };
  }
}
