package io.cleave.traces;

import java.util.List;
import java.util.Optional;

/**
 * A stretch that was recorded without a gap.
 *
 * @param down to the device, or the only direction there is
 * @param up from the device, as long as {@code down}
 * @param pings round trips, empty if none were taken
 */
record Session(Steps down, Optional<Steps> up, Pings pings) {
  static Session oneWay() {
    return new Session(new Steps(), Optional.empty(), new Pings());
  }

  static Session bothWays() {
    return new Session(new Steps(), Optional.of(new Steps()), new Pings());
  }

  /** All of them end to end, as if the gaps had not been. */
  static Session joined(List<Session> sessions) {
    if (sessions.size() == 1) {
      return sessions.get(0);
    }
    Session whole = sessions.stream().allMatch(one -> one.up().isPresent()) ? bothWays() : oneWay();
    for (Session next : sessions) {
      whole.pings.append(next.pings, whole.down.seconds());
      whole.down.append(next.down);
      whole.up.ifPresent(up -> up.append(next.up.orElseThrow()));
    }
    return whole;
  }
}
