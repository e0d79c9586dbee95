package io.cleave.traces;

import java.util.Set;

/** Which recordings a learner may see, tune on, and be judged by. Fixed, and never mixed. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  private static final Set<String> TESTS =
      Set.of(
          "belgium-4g-tram",
          "belgium-4g-train-outage",
          "norway-3g-bus",
          "lte-att-driving",
          "umts-tmobile-driving",
          "fcc-fixed-line");
  private static final Set<String> VALIDATIONS =
      Set.of("belgium-4g-foot", "norway-3g-metro", "lte-verizon");

  /** The split of a built-in recording. */
  public static Split of(String name) {
    if (TESTS.contains(name)) {
      return TEST;
    }
    return VALIDATIONS.contains(name) ? VALIDATION : TRAIN;
  }
}
