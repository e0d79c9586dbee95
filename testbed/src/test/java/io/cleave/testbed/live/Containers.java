package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** A Docker engine with the images that the tests start; nothing is pulled. */
final class Containers {
  private Containers() {}

  /** Skips the test, loudly, if they are not there; fails it where they must be. */
  static ContainerEngine assume() {
    ContainerEngine engine = ContainerEngine.ofEnvironment();
    Optional<String> lack = engine.lacks();
    if (lack.isPresent()) {
      String reason = "no container was tried: " + lack.get();
      if ("true".equals(System.getenv("CLEAVE_REQUIRE_DOCKER"))) {
        fail("CLEAVE_REQUIRE_DOCKER is true, but " + reason);
      }
      System.err.println("SKIPPED: " + reason);
      assumeTrue(false, reason);
    }
    return engine;
  }
}
