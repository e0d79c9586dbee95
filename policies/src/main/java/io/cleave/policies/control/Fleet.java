package io.cleave.policies.control;

import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The freshest report of every agent. A report that comes twice counts once, whatever the order:
 * for each agent the last {@value #WINDOW} sequence numbers are remembered in one word, as
 * anti-replay windows do. Memory O(agents).
 */
public final class Fleet {
  static final int WINDOW = 64;

  private final Map<String, Member> members = new HashMap<>();
  private final EnumMap<Receipt, Long> counts = new EnumMap<>(Receipt.class);

  /** A fleet without members. */
  public Fleet() {
    for (Receipt receipt : Receipt.values()) {
      counts.put(receipt, 0L);
    }
  }

  /** From now on the reports of this agent count; one that is known already keeps its state. */
  public void admit(String agent) {
    members.computeIfAbsent(agent, name -> new Member());
  }

  /** The agent is known to be gone; it is not {@link #heard} until its next fresh report. */
  public void depart(String agent) {
    Member member = members.get(agent);
    if (member != null) {
      member.arrived = Instant.MIN;
    }
  }

  /** Its reports do not count any more. */
  public void forget(String agent) {
    members.remove(agent);
  }

  /** Takes a report and says what it is worth. */
  public Receipt accept(Report report, Instant now) {
    Member member = members.get(report.agent());
    Receipt receipt = member == null ? Receipt.UNKNOWN : member.accept(report, now);
    counts.merge(receipt, 1L, Long::sum);
    return receipt;
  }

  /** How many reports ended so. */
  public long count(Receipt receipt) {
    return counts.getOrDefault(receipt, 0L);
  }

  /** The agent's freshest report, if it arrived no longer ago than this. */
  public Optional<Report> heard(String agent, Instant now, Duration maxAge) {
    Member member = members.get(agent);
    if (member == null
        || member.arrived.equals(Instant.MIN)
        || member.arrived.plus(maxAge).isBefore(now)) {
      return Optional.empty();
    }
    return member.freshest;
  }

  private static final class Member {
    private Optional<Report> freshest = Optional.empty();
    private Instant arrived = Instant.MIN;
    private long seen; // bit k: sequence (freshest - k) was seen

    Receipt accept(Report report, Instant now) {
      Stamp stamp = report.stamp();
      if (freshest.isEmpty() || stamp.epoch() > freshest.get().stamp().epoch()) {
        seen = 1;
        return keep(report, now);
      }
      Stamp top = freshest.get().stamp();
      if (stamp.epoch() < top.epoch()) {
        return Receipt.STALE;
      }
      long ahead = stamp.sequence() - top.sequence();
      if (ahead > 0) {
        seen = ahead >= WINDOW ? 1 : seen << ahead | 1;
        return keep(report, now);
      }
      if (-ahead >= WINDOW) {
        return Receipt.STALE;
      }
      long bit = 1L << -ahead;
      boolean again = (seen & bit) != 0;
      seen |= bit;
      return again ? Receipt.DUPLICATE : Receipt.LATE;
    }

    private Receipt keep(Report report, Instant now) {
      freshest = Optional.of(report);
      arrived = now;
      return Receipt.FRESH;
    }
  }
}
