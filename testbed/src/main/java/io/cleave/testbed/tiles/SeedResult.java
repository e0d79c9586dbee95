package io.cleave.testbed.tiles;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import java.util.Locale;

/**
 * What came of one seed.
 *
 * @param seed of order and distortions of the images
 * @param steps in their order, the first the network as it was
 * @param study of the last step's network on the test images
 */
public record SeedResult(long seed, List<StepAccuracy> steps, TileStudy study) {
  public SeedResult {
    steps = List.copyOf(steps);
  }

  /** Points of a hundred that the last step answers less than the first; below 0 if more. */
  public double lost() {
    return 100 * (steps.get(0).after() - steps.get(steps.size() - 1).after());
  }

  /** A row for each step of each seed. */
  public static void writeSteps(CsvWriter csv, List<SeedResult> results) {
    csv.writeRecord(
        "seed", "step", "validation_percent", "test_before_percent", "test_after_percent");
    for (SeedResult result : results) {
      for (StepAccuracy step : result.steps()) {
        csv.writeRecord(
            String.valueOf(result.seed()),
            step.step(),
            percent(step.validation()),
            percent(step.before()),
            percent(step.after()));
      }
    }
  }

  /** A row for each tile of each seed. */
  public static void writeTiles(CsvWriter csv, List<SeedResult> results) {
    csv.writeRecord(
        "seed",
        "tile",
        "zeros_percent",
        "float32_bytes",
        "packed_bytes",
        "coded_bytes",
        "test_without_percent",
        "test_percent");
    for (SeedResult result : results) {
      for (int tile = 0; tile < result.study().tiles().size(); tile++) {
        TileStudy.OneTile one = result.study().tiles().get(tile);
        csv.writeRecord(
            String.valueOf(result.seed()),
            String.valueOf(tile + 1),
            percent(one.zeros()),
            String.valueOf(one.floatBytes()),
            String.valueOf(one.packedBytes()),
            String.format(Locale.ROOT, "%.1f", one.codedBytes()),
            percent(one.rightWithout()),
            percent(result.study().right()));
      }
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
