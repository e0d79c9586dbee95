package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.partition.EightBitSplit;
import java.util.List;

/** The planners that make the device's part smaller, for the catalogue. */
final class CompressedPlanners {
  private static final Option LOSS =
      new Option(
          "loss",
          "0.5",
          "any or 0 to 100",
          "Most points of right answers that may be lost; any takes cuts whose loss is unknown, too.");
  private static final Option STORAGE =
      new Option(
          "storage",
          "any",
          "any or from 0 to 1e6",
          "Most that the device's part may take, in units of 2^20 bytes.");

  private static final double BYTES = 1 << 20;

  private CompressedPlanners() {}

  static PlannerEntry eightBitSplit() {
    return new PlannerEntry(
        "partition.EightBitSplit",
        "auto-tuning",
        Origin.PUBLISHED,
        List.of(LOSS, STORAGE),
        (options, none) -> new EightBitSplit(bounds(options)));
  }

  private static EightBitSplit.Bounds bounds(Options options) {
    return new EightBitSplit.Bounds(
        bound(options, "loss", 100) / 100, bound(options, "storage", 1e6) * BYTES);
  }

  private static double bound(Options options, String key, double most) {
    return options.text(key).equals("any")
        ? Double.POSITIVE_INFINITY
        : options.decimal(key, 0, most);
  }
}
