package io.cleave.testbed.live;

import io.cleave.testbed.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the programs of Cleave are.
 *
 * @param folder a checkout in which they were built
 */
public record CleaveHome(Path folder) {
  /** The system property that names the folder; the launcher sets it. */
  public static final String PROPERTY = "cleave.checkout";

  /** The folder that the launcher named; the current one if none did. */
  public static CleaveHome ofLauncher() {
    return new CleaveHome(
        Path.of(Optional.ofNullable(System.getProperty(PROPERTY)).orElse("")).toAbsolutePath());
  }

  public Path agent() {
    return application("agents");
  }

  public Path controller() {
    return application("controller");
  }

  /** True if agents and controller were built. */
  public boolean isBuilt() {
    return Files.isRegularFile(jar("agents")) && Files.isRegularFile(jar("controller"));
  }

  private Path application(String module) {
    Path jar = jar(module);
    if (!Files.isRegularFile(jar)) {
      throw new UserError(
          "%s is missing. Maybe build it first: mvn -pl agents,controller -am package, or start Cleave by its launcher, which does."
              .formatted(jar));
    }
    return jar;
  }

  private Path jar(String module) {
    return folder.resolve(module).resolve("target/quarkus-app/quarkus-run.jar").normalize();
  }
}
