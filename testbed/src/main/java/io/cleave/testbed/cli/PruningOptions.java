package io.cleave.testbed.cli;

import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.FilterCriterion;
import io.cleave.testbed.pruning.PruningRecipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Option;

/** Which filters go, and how the network learns to do without. */
final class PruningOptions {
  static final int BATCH = 32; // many steps matter more than quiet ones
  private static final double WEIGHT_DECAY = 5e-4;
  private static final int RANKING = 1_000;

  @Option(
      names = "--share",
      defaultValue = "0.3",
      paramLabel = "SHARE",
      description = "Of the filters that can go, below 1 (default: ${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "COUNT",
      description = "In which they go (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--by",
      defaultValue = "norm",
      description =
          "By what filters are ranked: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FilterCriterion by = FilterCriterion.NORM;

  @Option(
      names = "--lasso",
      defaultValue = "0.0003",
      paramLabel = "NUMBER",
      description =
          "How strongly filters are drawn to zero before the next round; 0 is not at all (default: ${DEFAULT-VALUE}).")
  private double lasso;

  @Option(
      names = "--epochs",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "Times that each round sees all images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.004",
      paramLabel = "NUMBER",
      description = "At the beginning of each round, falling to 0 (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--early-weight",
      defaultValue = "0.3",
      paramLabel = "NUMBER",
      description = "Of each exit's loss but the last one's (default: ${DEFAULT-VALUE}).")
  private double earlyWeight;

  int rounds() {
    return rounds;
  }

  /**
   * The recipe.
   *
   * @param exits of the network, at least 1
   * @param smoke whether one epoch is enough
   * @throws IllegalArgumentException if an option is out of its range
   */
  PruningRecipe recipe(int exits, long seed, boolean smoke) {
    List<Double> weights = new ArrayList<>(Collections.nCopies(exits - 1, earlyWeight));
    weights.add(1.0);
    int passes = smoke ? 1 : epochs;
    ExitRecipe tuning =
        new ExitRecipe(
            0, passes, BATCH, learningRate, WEIGHT_DECAY, weights, Math.max(1, passes), seed);
    return new PruningRecipe(share, rounds, by, lasso, RANKING, tuning);
  }
}
