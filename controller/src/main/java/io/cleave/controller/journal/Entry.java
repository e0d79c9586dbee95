package io.cleave.controller.journal;

import io.cleave.policies.wire.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the journal.
 *
 * @param at time that the loop was given, whole microseconds
 * @param kind of input
 * @param agent that it concerns; empty if it concerns the site
 * @param body what {@link Kind} says, UTF-8; not copied
 * @param answer of a report that led to a decision
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared by nobody
public record Entry(Instant at, Kind kind, String agent, byte[] body, Optional<Answer> answer) {
  private static final byte[] NOTHING = {};

  /** What went into the loop. */
  public enum Kind {
    /** A session begins; the body is an {@link Opening}. */
    OPEN,
    /** An agent was admitted; the body is its birth, a status. */
    JOIN,
    /** An agent is gone for now; no body. */
    DEPART,
    /** An agent is gone for good; no body. */
    FORGET,
    /** The agent was given this version before; the body is the number. */
    RAISE,
    /** Another planner is followed; the body is its text. */
    FOLLOW,
    /** A report; the body is the payload as received. */
    REPORT,
    /** Events were dropped before this one; the body is how many. No input of the loop. */
    GAP,
    /**
     * What was refused since the session began, by kind; the body is JSON. No input of the loop.
     */
    COUNTS
  }

  /**
   * What a report led to.
   *
   * @param sent false if the agent has nearly the same already, with enough of its lease left
   */
  public record Answer(Decision decision, boolean sent) {}

  /** An entry with a text and no answer. */
  public static Entry of(Instant at, Kind kind, String agent, String body) {
    return new Entry(at, kind, agent, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  /** An entry without a body. */
  public static Entry of(Instant at, Kind kind, String agent) {
    return new Entry(at, kind, agent, NOTHING, Optional.empty());
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
