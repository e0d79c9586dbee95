package io.cleave.traces;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a reader found in its files.
 *
 * @param sessions stretches without a gap, at least one
 * @param roundTripSeconds a constant that the recording states
 * @param source that the recording states
 * @param applicationLimited true if an application, not the link, set the rate
 * @param notes what a person should know, a sentence each
 */
record Draft(
    List<Session> sessions,
    OptionalDouble roundTripSeconds,
    Optional<String> source,
    boolean applicationLimited,
    List<String> notes) {
  static Draft of(Session session, List<String> notes) {
    return of(List.of(session), false, notes);
  }

  static Draft of(List<Session> sessions, boolean applicationLimited, List<String> notes) {
    return new Draft(sessions, OptionalDouble.empty(), Optional.empty(), applicationLimited, notes);
  }

  Draft withRoundTrip(double seconds) {
    return new Draft(sessions, OptionalDouble.of(seconds), source, applicationLimited, notes);
  }
}
