package io.cleave.transport.mqtt;

import java.time.Duration;

/**
 * How long a connection waits for what.
 *
 * @param firstDelay before the first attempt after a loss; see {@link Backoff}
 * @param longestDelay between two attempts
 * @param attempt for a connection to come about
 * @param acknowledgement of any publication while some wait for theirs; after that the connection
 *     is given up although it looks alive
 * @param farewell to be acknowledged when we leave
 */
public record Patience(
    Duration firstDelay,
    Duration longestDelay,
    Duration attempt,
    Duration acknowledgement,
    Duration farewell) {

  /** What fits a site. */
  public static Patience usual() {
    return new Patience(
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3));
  }

  public Patience withAcknowledgement(Duration time) {
    return new Patience(firstDelay, longestDelay, attempt, time, farewell);
  }
}
