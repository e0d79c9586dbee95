package io.cleave.policies.control;

import io.cleave.policies.wire.Decision;

/** What a report led to. */
public sealed interface Verdict {
  /** The device that reported gets this decision: a new one, or its old one prolonged. */
  record Decided(Decision decision) implements Verdict {}

  /** Remembered; it concerns decisions to come. */
  record Noted(Receipt receipt) implements Verdict {}

  /** Counted and thrown away. */
  record Dropped(Receipt receipt) implements Verdict {}
}
