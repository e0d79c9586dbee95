package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.partition.Limits;
import io.cleave.policies.partition.Objective;
import io.cleave.policies.partition.SwitchingPath;
import java.util.List;

/** The planners that add up the legs of a way and make one figure of it as small as they can. */
final class PathPlanners {
  private static final Option OBJECTIVE =
      new Option(
          "objective",
          "latency",
          "latency, energy or server",
          "What is made as small as possible: seconds, the device's joules, or seconds of server compute.");
  private static final Option JOULES =
      limit("joules", "Joules of the device that a frame may take.");
  private static final Option SERVER =
      limit("server", "Seconds of server compute that a frame may take.");
  private static final Option DEADLINE = limit("deadline", "Seconds that a frame may take.");

  private PathPlanners() {}

  static PlannerEntry neurosurgeon() {
    return new PlannerEntry(
        "partition.ChainSplit",
        "neurosurgeon",
        Origin.PUBLISHED,
        List.of(OBJECTIVE),
        (options, none) -> new ChainSplit(options.choice("objective", Objective.class)));
  }

  static PlannerEntry jointDnn() {
    return new PlannerEntry(
        "partition.SwitchingPath",
        "jointdnn",
        Origin.PUBLISHED,
        List.of(OBJECTIVE, JOULES, SERVER, DEADLINE),
        (options, none) ->
            new SwitchingPath(
                options.choice("objective", Objective.class),
                new Limits(
                    limit(options, "joules"),
                    limit(options, "server"),
                    limit(options, "deadline"))));
  }

  private static Option limit(String key, String meaning) {
    return new Option(key, "none", "none, or a number from 1e-9 to 1e9", meaning);
  }

  private static double limit(Options options, String key) {
    return options.text(key).equals("none")
        ? Double.POSITIVE_INFINITY
        : options.decimal(key, 1e-9, 1e9);
  }
}
