package io.cleave.traces;

import java.util.List;
import java.util.Locale;

/** Says that a recording was cut into sessions. */
final class Gaps {
  private Gaps() {}

  static List<String> note(List<Session> sessions, double gapSeconds) {
    return sessions.size() <= 1
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "split into %,d sessions at gaps of more than %.1f s.",
                sessions.size(),
                gapSeconds));
  }
}
