package io.cleave.testbed.experiment;

import java.util.Locale;

/** What a planner is in a comparison. */
public enum Role {
  /** What anybody can do without planning. */
  BASELINE,
  /** A method as its authors published it. */
  PUBLISHED,
  /** A method of this project. */
  OWN,
  /** Knows the future; nobody can do better. */
  BOUND;

  /** As result files call it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
