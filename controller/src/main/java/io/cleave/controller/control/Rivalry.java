package io.cleave.controller.control;

import io.cleave.policies.wire.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Finds out that two agents use one id. Signs of it are births of changing sessions, and reports of
 * an old session that goes on although a newer one began a while ago. Four signs within ten seconds
 * put the id into quarantine until there has been no sign for half a minute. An agent that restarts
 * without end looks the same, and fares the same.
 */
final class Rivalry {
  static final int SIGNS = 4;
  static final Duration WINDOW = Duration.ofSeconds(10);
  static final Duration QUARANTINE = Duration.ofSeconds(30);

  /** Reports of the old session that are still under way when the new one begins are no sign. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final ArrayDeque<Instant> signs = new ArrayDeque<>();
  private Instant newestSince = Instant.EPOCH;
  private Instant until = Instant.EPOCH;
  private Stamp oldest = new Stamp(0, 0); // newest report of an old session

  /** A birth of another session than the last. */
  void changed(Instant now) {
    newestSince = now;
    sign(now);
  }

  /** A report of an older session than the newest. */
  void oldReport(Stamp stamp, Instant now) {
    boolean goesOn = stamp.compareTo(oldest) > 0;
    if (goesOn) {
      oldest = stamp;
    }
    if (goesOn && now.isAfter(newestSince.plus(GRACE))) {
      sign(now);
    }
  }

  /** One more sign. */
  void sign(Instant now) {
    signs.add(now);
    while (signs.size() > SIGNS || signs.getFirst().plus(WINDOW).isBefore(now)) {
      signs.removeFirst();
    }
    if (signs.size() == SIGNS || quarantined(now)) {
      until = now.plus(QUARANTINE);
    }
  }

  /** End of the quarantine, long ago if there never was one. */
  Instant until() {
    return until;
  }

  boolean quarantined(Instant now) {
    return now.isBefore(until);
  }
}
