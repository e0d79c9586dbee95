package io.cleave.controller.journal;

import java.time.Duration;

/**
 * How much a journal keeps.
 *
 * @param maxAge of an event, above 0
 * @param maxBytes of all events together, at least 1 MiB
 * @param maxWaiting events between the loop and the database, at least 1; one more is dropped
 */
public record JournalSettings(Duration maxAge, long maxBytes, int maxWaiting) {
  public JournalSettings {
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          "A journal must keep events for more than 0 s, not %s.".formatted(maxAge));
    }
    if (maxBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "A journal must be allowed at least 1 MiB, not %d bytes.".formatted(maxBytes));
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException(
          "At least 1 event must be allowed to wait, not %d.".formatted(maxWaiting));
    }
  }
}
