package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and of that
 * between half and all, so that a site that lost its broker does not come back all at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * @param failures attempts since the last success, at least 0
   */
  Duration delay(int failures) {
    double nanos =
        Math.min((double) longest.toNanos(), first.toNanos() * Math.pow(2, Math.min(failures, 62)));
    return Duration.ofNanos((long) (nanos * (0.5 + random.nextDouble() / 2)));
  }
}
