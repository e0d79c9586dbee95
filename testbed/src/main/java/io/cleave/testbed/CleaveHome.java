package io.cleave.testbed;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where a person's own things live: {@code $CLEAVE_HOME}, or {@code .cleave} in the home folder.
 */
public final class CleaveHome {
  private CleaveHome() {}

  /** The folder of imported traces, which need not exist. */
  public static Path traces() {
    return of(System.getenv(), System.getProperty("user.home", ".")).resolve("traces");
  }

  static Path of(Map<String, String> environment, String userHome) {
    String given = Objects.requireNonNullElse(environment.get("CLEAVE_HOME"), "");
    return given.isBlank() ? Path.of(userHome, ".cleave") : Path.of(given);
  }
}
