package io.cleave.controller.control;

/** Why a message changed nothing. Receipts of the loop (late, duplicate, stale) are apart. */
public enum Refusal {
  /** No message at all: no JSON, a field missing or out of range. */
  MALFORMED,
  /** Longer, deeper or with more elements than a message may have. */
  TOO_LARGE,
  /** Of a format that this program does not speak. */
  UNKNOWN_VERSION,
  /** On a topic that is no agent's of this site, or of another agent than the message says. */
  WRONG_TOPIC,
  /** A report of an agent, or of a session, whose birth has not been heard of. */
  BEFORE_BIRTH,
  /** A report of an agent whose network or device class nobody knows here. */
  NOT_ADMITTED,
  /** A report of a session that a newer one has replaced. */
  OLD_SESSION,
  /** A report of an agent whose session is known to be over. */
  OFFLINE,
  /** A birth of a session that a newer one has replaced. */
  OLD_BIRTH,
  /** A will or farewell of a session that a newer one has replaced. */
  OLD_WILL,
  /** From an id that two agents seem to use. */
  QUARANTINED,
  /** A birth of one more agent than the site may have. */
  TOO_MANY_AGENTS,
  /** Understood, but the loop could not take it; the log says why. */
  FAILED
}
