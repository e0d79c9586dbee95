package io.cleave.policies.control;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.wire.Decision;
import java.util.Optional;

/** What a report led to. */
public sealed interface Verdict {
  /**
   * The device that reported gets this decision: a new one, or its old one prolonged.
   *
   * @param seen what the planner saw; empty if no server was in reach. Its node numbers are its
   *     own, not the decision's
   */
  record Decided(Decision decision, Optional<Observation> seen) implements Verdict {}

  /** Remembered; it concerns decisions to come. */
  record Noted(Receipt receipt) implements Verdict {}

  /** Counted and thrown away. */
  record Dropped(Receipt receipt) implements Verdict {}
}
