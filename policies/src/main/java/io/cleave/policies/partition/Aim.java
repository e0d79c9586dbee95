package io.cleave.policies.partition;

import java.util.Comparator;

/**
 * What makes one way better than another: first to keep the limits, or to exceed them less; then to
 * take less of what counts.
 *
 * @param objective that counts
 * @param limits to be kept
 */
record Aim(Objective objective, Limits limits) {
  /** How good a way is. */
  Standing of(Expense expense) {
    return new Standing(limits.excess(expense), objective.cost(expense));
  }

  /**
   * True if no rest of a way is better behind the second than behind the first: it takes no less of
   * what counts, nor of anything that is limited.
   */
  boolean covers(Expense one, Expense other) {
    return objective.cost(one) <= objective.cost(other) && limits.covers(one, other);
  }

  /**
   * How good a way is; finite unless it never ends.
   *
   * @param excess as a share, 0 if the limits are kept
   * @param cost of what counts
   */
  record Standing(double excess, double cost) implements Comparable<Standing> {
    private static final double ROUNDING = 1e-9;

    /** By more than a relative 1e-12; false for NaN. */
    boolean betterThan(Standing other) {
      double least = other.excess - BlockSearch.GUARD * other.excess;
      return excess < least
          || (excess <= other.excess && cost < other.cost - BlockSearch.GUARD * other.cost);
    }

    /** The better first. */
    @Override
    public int compareTo(Standing other) {
      return Comparator.comparingDouble(Standing::excess)
          .thenComparingDouble(Standing::cost)
          .compare(this, other);
    }

    /** By more than sums in another order may differ. */
    boolean surelyWorseThan(Standing other) {
      return excess > other.excess + ROUNDING * (1 + other.excess)
          || (excess >= other.excess && cost > other.cost * (1 + ROUNDING));
    }
  }
}
