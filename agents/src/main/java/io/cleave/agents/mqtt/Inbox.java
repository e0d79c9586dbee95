package io.cleave.agents.mqtt;

import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.MalformedMessage;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.IncomingTopic;
import io.cleave.transport.mqtt.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Reads what comes in. What cannot be read, or speaks of another agent than its topic does, is
 * counted, told in one line and forgotten. Thread-safe.
 */
public final class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);

  private final Topics topics;
  private final String agent;
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();

  public Inbox(Topics topics, String agent) {
    this.topics = topics;
    this.agent = agent;
  }

  /**
   * A decision for this agent. Its lease counts from now, and is no longer than what is left of the
   * message's life.
   */
  public Optional<Decision> plan(IncomingTopic from, byte[] payload, Instant now) {
    try {
      Decision decision = WireJson.readDecision(payload, now);
      if (!agent.equals(decision.agent())) {
        return strange("plan", from, decision.agent());
      }
      return Optional.of(
          from.expiry().map(left -> shortened(decision, now, left)).orElse(decision));
    } catch (MalformedMessage bad) {
      return unreadable(from, bad);
    }
  }

  /** What an agent of the site says of itself; empty also for what the controller says. */
  public Optional<Status> status(IncomingTopic from, byte[] payload) {
    Optional<String> speaker = topics.agent(from.topic());
    if (speaker.isEmpty()) {
      return Optional.empty();
    }
    try {
      Status status = WireJson.readStatus(payload);
      return speaker.get().equals(status.agent())
          ? Optional.of(status)
          : strange("status", from, status.agent());
    } catch (MalformedMessage bad) {
      return unreadable(from, bad);
    }
  }

  /** Messages that could not be read. */
  public long malformed() {
    return malformed.get();
  }

  /** Messages that speak of another agent than their topic. */
  public long foreign() {
    return foreign.get();
  }

  private static Decision shortened(Decision decision, Instant now, Duration left) {
    Instant end = now.plus(left);
    return decision.validUntil().isAfter(end)
        ? new Decision(
            decision.agent(),
            decision.version(),
            decision.servers(),
            decision.table(),
            end,
            decision.grounds())
        : decision;
  }

  private <T> Optional<T> strange(String what, IncomingTopic from, String named) {
    foreign.incrementAndGet();
    LOG.warnf("A %s at %s speaks of %s and is ignored", what, from.topic(), named);
    return Optional.empty();
  }

  private <T> Optional<T> unreadable(IncomingTopic from, MalformedMessage bad) {
    malformed.incrementAndGet();
    LOG.warnf("A message at %s is ignored: %s", from.topic(), bad.getMessage());
    return Optional.empty();
  }
}
