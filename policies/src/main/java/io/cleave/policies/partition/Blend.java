package io.cleave.policies.partition;

/**
 * The figures of a way in one: each times a weight, less a number.
 *
 * @param weights of seconds, joules and server seconds, at least 0
 * @param less so much
 */
record Blend(Toll weights, double less) {
  /** Infinite for a way that never ends. */
  double of(Toll toll) {
    return toll.seconds() == Double.POSITIVE_INFINITY
        ? toll.seconds()
        : weights.seconds() * toll.seconds()
            + weights.joules() * toll.joules()
            + weights.serverSeconds() * toll.serverSeconds()
            - less;
  }

  Toll cheaper(Toll one, Toll other) {
    return of(other) < of(one) ? other : one;
  }
}
