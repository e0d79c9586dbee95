package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.pruning.IterativePruning;
import io.cleave.testbed.pruning.LayersFile;
import io.cleave.testbed.pruning.Measuring;
import io.cleave.testbed.pruning.PrunedSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train pruned}: a trained network loses filters and learns to do without. */
@Command(
    name = "pruned",
    mixinStandardHelpOptions = true,
    description = "Takes filters from a trained network, and trains what is left.",
    footer = {
      "",
      "Begins with a network of ./cleave train exits. In each round the filters that are worth",
      "least go, and the smaller network is trained. Channels that are added to others stay, so",
      "of residual blocks the inner filters alone can go. The last 5,000 training images say what",
      "is best, the test images only tell the result. Writes NETWORK-pruned.onnx of the first",
      "seed, .csv with work, parameters and what is right at each exit before, after pruning and",
      "after training, and .layers.csv with the bytes behind each layer. With --before, filters",
      "of one convolution alone go; that is the second step of two-step pruning, whose first is",
      "the same command without it."
    })
final class TrainPrunedCommand implements Callable<Integer> {
  private static final int MARKS = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "FILE",
      required = true,
      description = "The network to begin with: models/lenet-exits.onnx, which comes with it.")
  private Path network = Path.of("");

  @Option(
      names = "--before",
      paramLabel = "TENSOR",
      defaultValue = "",
      description = "Only filters that make this, where the network is to be cut (default: all).")
  private String before = "";

  @Option(
      names = "--images",
      defaultValue = "15000",
      paramLabel = "COUNT",
      description = "Images to learn from, at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Mixin private PruningOptions pruning = new PruningOptions();
  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() {
    List<Long> all = seeds.from(options.seed());
    if (most < PruningOptions.BATCH) {
      throw new UserError(
          "At least %d images are needed, not %d.".formatted(PruningOptions.BATCH, most));
    }
    TrainingOptions.Sets sets = options.sets(most, ImageOption.VALIDATION);
    LabelledImages test = options.test();
    List<PrunedSeed> results = new ArrayList<>();
    try {
      TrainedNetwork whole = Shipped.network(network);
      String name = whole.name() + "-pruned" + (before.isEmpty() ? "" : "-before-" + before);
      Path file = options.file(name);
      Measuring measuring = new Measuring(whole, sets.validating(), test);
      for (long seed : all) {
        List<IterativePruning.Round> rounds = pruned(whole, sets, seed);
        PrunedSeed result = PrunedSeed.of(seed, whole, rounds.get(rounds.size() - 1), measuring);
        if (results.isEmpty()) {
          WholeFiles.write(List.of(file), List.of(result.pruned().bytes()));
        }
        results.add(result);
        // Anew after each seed, so that whoever stops early has what was done.
        CsvFile.write(file.resolveSibling(name + ".csv"), csv -> PrunedSeed.write(csv, results));
        CsvFile.write(
            file.resolveSibling(name + ".layers.csv"), csv -> LayersFile.write(csv, results));
      }
    } catch (IllegalArgumentException | IllegalStateException | ModelFormatException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
    PrunedTable.print(results, test.count(), spec.commandLine().getOut());
    return 0;
  }

  private List<IterativePruning.Round> pruned(
      TrainedNetwork whole, TrainingOptions.Sets sets, long seed) {
    int exits = whole.architecture().outputs().size();
    int rounds = pruning.rounds();
    IterativePruning run =
        new IterativePruning(
            pruning.recipe(exits, seed, options.smoke()),
            new ExitTraining.Images(sets.training(), sets.validating()));
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("seed " + seed)
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax((long) rounds * MARKS)
            .setUpdateIntervalMillis(1000)
            .build()) {
      IterativePruning.Progress progress =
          (round, done, loss) -> {
            bar.stepTo(Math.round(MARKS * (round - 1 + done)));
            bar.setExtraMessage(
                String.format(Locale.ROOT, " round %d of %d, loss %.3f", round, rounds, loss));
          };
      return before.isEmpty()
          ? run.everywhere(whole, progress)
          : run.before(before, whole, progress);
    }
  }
}
