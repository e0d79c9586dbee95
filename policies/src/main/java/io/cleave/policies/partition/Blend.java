package io.cleave.policies.partition;

/**
 * The figures of a way in one: each times a weight, less a number.
 *
 * @param weights of seconds, joules and server seconds, at least 0
 * @param less so much
 */
record Blend(Expense weights, double less) {
  /** Infinite for a way that never ends. */
  double of(Expense expense) {
    return expense.seconds() == Double.POSITIVE_INFINITY
        ? expense.seconds()
        : weights.seconds() * expense.seconds()
            + weights.joules() * expense.joules()
            + weights.serverSeconds() * expense.serverSeconds()
            - less;
  }

  Expense cheaper(Expense one, Expense other) {
    return of(other) < of(one) ? other : one;
  }
}
