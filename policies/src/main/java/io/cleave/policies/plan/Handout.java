package io.cleave.policies.plan;

/** When a machine gets the pieces of a shared stage that it makes. */
public enum Handout {
  /** Each is sent all of its pieces at once and makes them in order. */
  ASSIGNED,

  /**
   * Pieces lie in one line, and who has nothing to do takes the next one, the device too: work
   * stealing, after DeepThings (Zhao, Barijough, Gerstlauer, TCAD 2018). Whom the plan names for a
   * piece is who is expected to take it, by the rates at which it was planned.
   */
  STOLEN
}
