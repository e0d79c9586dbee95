package io.cleave.policies.partition;

/**
 * What a leg of a way takes, or a whole way, being the sum of its legs.
 *
 * @param seconds that pass
 * @param joules of the device
 * @param serverSeconds that a server computes
 */
public record Expense(double seconds, double joules, double serverSeconds) {
  static final Expense FREE = new Expense(0, 0, 0);
  static final Expense NEVER =
      new Expense(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  Expense plus(Expense other) {
    return new Expense(
        seconds + other.seconds, joules + other.joules, serverSeconds + other.serverSeconds);
  }

  /** The least of either, figure by figure. */
  Expense least(Expense other) {
    return new Expense(
        Math.min(seconds, other.seconds),
        Math.min(joules, other.joules),
        Math.min(serverSeconds, other.serverSeconds));
  }
}
