package io.cleave.testbed.pruning;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What came of one seed.
 *
 * @param seed of order and distortions of the images
 * @param whole the network before any filter went
 * @param pruned the network in the end
 * @param exits what is right at each exit, the earliest first
 */
public record PrunedSeed(
    long seed, TrainedNetwork whole, TrainedNetwork pruned, List<OneExit> exits) {
  public PrunedSeed {
    exits = List.copyOf(exits);
  }

  /**
   * One exit, shares of images answered rightly, 0 to 1.
   *
   * @param whole test images, and validation images, before any filter went
   * @param untrained test images, when the last filters had gone and nothing was trained since
   * @param trained in the end
   */
  public record OneExit(Measured whole, double untrained, Measured trained) {}

  /**
   * Shares answered rightly, 0 to 1.
   *
   * @param validation of images that said which weights are best
   * @param test of images that only tell the result
   */
  public record Measured(double validation, double test) {}

  /** Asks the networks of the last round; about a millisecond an image. */
  public static PrunedSeed of(
      long seed, TrainedNetwork whole, IterativePruning.Round last, Measuring measuring) {
    List<Measured> before = measuring.whole();
    List<Measured> after = measuring.both(last.tuned());
    List<Double> between = measuring.test(last.pruned());
    return new PrunedSeed(
        seed,
        whole,
        last.tuned(),
        IntStream.range(0, before.size())
            .mapToObj(exit -> new OneExit(before.get(exit), between.get(exit), after.get(exit)))
            .toList());
  }

  /** Share of the filters that could go, and went, 0 to 1. */
  public double gone() {
    return 1 - (double) filters(pruned) / filters(whole);
  }

  private int filters(TrainedNetwork network) {
    return whole.filters().all().stream()
        .map(FilterGroup::layer)
        .mapToInt(layer -> network.filters().of(layer).filters())
        .sum();
  }

  /** Share of the multiply-accumulates that is left, 0 to 1. */
  public double workLeft() {
    return (double) pruned.graph().multiplyAccumulates() / whole.graph().multiplyAccumulates();
  }

  /** Share of the parameters that is left, 0 to 1. */
  public double parametersLeft() {
    return (double) pruned.graph().parameters() / whole.graph().parameters();
  }

  /** A row for each exit of each seed; an operation is half a multiply-accumulate. */
  public static void write(CsvWriter csv, List<PrunedSeed> results) {
    csv.writeRecord(
        "seed",
        "filters_gone_percent",
        "flop",
        "flop_left",
        "parameters",
        "parameters_left",
        "exit",
        "validation_whole_percent",
        "validation_trained_percent",
        "test_whole_percent",
        "test_pruned_percent",
        "test_trained_percent");
    for (PrunedSeed result : results) {
      for (int exit = 0; exit < result.exits().size(); exit++) {
        OneExit one = result.exits().get(exit);
        csv.writeRecord(
            String.valueOf(result.seed()),
            percent(result.gone()),
            String.valueOf(2 * result.whole().graph().multiplyAccumulates()),
            String.valueOf(2 * result.pruned().graph().multiplyAccumulates()),
            String.valueOf(result.whole().graph().parameters()),
            String.valueOf(result.pruned().graph().parameters()),
            String.valueOf(exit + 1),
            percent(one.whole().validation()),
            percent(one.trained().validation()),
            percent(one.whole().test()),
            percent(one.untrained()),
            percent(one.trained().test()));
      }
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
