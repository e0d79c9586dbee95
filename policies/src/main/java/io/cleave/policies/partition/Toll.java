package io.cleave.policies.partition;

/**
 * What a leg of a way takes, or a whole way, being the sum of its legs.
 *
 * @param seconds that pass
 * @param joules of the device
 * @param serverSeconds that a server computes
 */
public record Toll(double seconds, double joules, double serverSeconds) {
  static final Toll FREE = new Toll(0, 0, 0);
  static final Toll NEVER =
      new Toll(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  Toll plus(Toll other) {
    return new Toll(
        seconds + other.seconds, joules + other.joules, serverSeconds + other.serverSeconds);
  }

  /** The least of either, figure by figure. */
  Toll least(Toll other) {
    return new Toll(
        Math.min(seconds, other.seconds),
        Math.min(joules, other.joules),
        Math.min(serverSeconds, other.serverSeconds));
  }
}
