package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.front.LeastCost;
import io.cleave.policies.plan.Codec;
import java.util.List;

/** The planners for which more than time and joules has a price, for the catalogue. */
final class WeighingPlanners {
  private static final double MOST_SECONDS = 1e6;

  private static final Option POINT =
      new Option(
          "point",
          "0",
          "seconds from 0 to 1e6",
          "What one would wait for a right answer more in a hundred.");
  private static final Option SERVER =
      new Option(
          "server", "0", "seconds from 0 to 1e6", "What one would wait to save a server's second.");
  private static final Option CODECS =
      new Option(
          "codec",
          "fp32/fp16",
          "codecs, as in fp32/fp16/int8-lz4",
          "In which form tensors may cross.");

  private WeighingPlanners() {}

  static PlannerEntry leastCost() {
    return new PlannerEntry(
        "front.LeastCost",
        "weighted",
        Origin.OWN,
        List.of(POINT, SERVER, CODECS),
        (options, none) ->
            new LeastCost(
                options.decimal("point", 0, MOST_SECONDS),
                options.decimal("server", 0, MOST_SECONDS),
                options.choices("codec", Codec.class)));
  }
}
