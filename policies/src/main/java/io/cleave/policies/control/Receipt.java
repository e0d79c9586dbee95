package io.cleave.policies.control;

/** What became of a report on arrival. */
public enum Receipt {
  /** Newer than all before: it is the agent's state now. */
  FRESH,
  /** Overtaken by a newer one, first time seen: its measurements count, its state does not. */
  LATE,
  /** Seen before: a second delivery changes nothing. */
  DUPLICATE,
  /** Of an older session, or so old that nobody knows whether it was seen. */
  STALE,
  /** From nobody that this site knows. */
  UNKNOWN;

  /** True if the report tells something new. */
  public boolean accepted() {
    return this == FRESH || this == LATE;
  }
}
