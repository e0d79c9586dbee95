package io.cleave.testbed.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Agents and controller as the build left them. */
final class BuiltPrograms {
  private static final String REASON =
      "SKIPPED: agents and controller are not built (mvn package does), so no real process was tried";

  private BuiltPrograms() {}

  /** Skips the test, loudly, if they are not there. */
  static void assume() {
    boolean built = CleaveHome.ofLauncher().isBuilt();
    if (!built) {
      System.err.println(REASON);
    }
    assumeTrue(built, REASON);
  }
}
