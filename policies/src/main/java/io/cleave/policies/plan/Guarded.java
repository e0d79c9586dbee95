package io.cleave.policies.plan;

/**
 * How often a guard had to keep a planner from what it had learned.
 *
 * @param decisions so far: looks at one server at the rate that was observed, of which a plan takes
 *     some
 * @param guarded of them
 */
public record Guarded(long decisions, long guarded) {
  /** Of planners that have learned nothing. */
  public static final Guarded NONE = new Guarded(0, 0);
}
