package io.cleave.controller;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.List;

/** Runs the controller, or replays its journal: {@code replay-journal FILE}. */
@QuarkusMain
public final class ControllerMain {
  private ControllerMain() {}

  /** Ends with exit code 0, 1 if a replay differs, 2 if it was called in another way. */
  public static void main(String... args) {
    if (args.length > 0 && args[0].equals(ReplayCommand.NAME)) {
      List<String> rest = Arrays.asList(args).subList(1, args.length);
      System.exit(new ReplayCommand(System.out, System.err).run(rest));
    }
    // A folder given without a leading ./ is meant as people mean it: below the current one.
    System.setProperty("h2.implicitRelativePath", "true");
    Quarkus.run(args);
  }
}
