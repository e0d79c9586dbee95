package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.front.LeastCost;
import io.cleave.policies.plan.Codec;
import java.util.List;

/** The planners for which more than time and joules has a price, for the catalogue. */
final class WeighingPlanners {
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
        List.of(CODECS),
        (options, none) -> new LeastCost(options.choices("codec", Codec.class)));
  }
}
