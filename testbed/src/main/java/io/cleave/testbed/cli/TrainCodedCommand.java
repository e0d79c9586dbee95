package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.codecs.CodedSeed;
import io.cleave.testbed.codecs.FineTuning;
import io.cleave.testbed.experiment.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

/** {@code cleave train coded}: a trained network learns to bear a codec at all its cuts. */
@Command(
    name = "coded",
    mixinStandardHelpOptions = true,
    description = "Trains a network further, so that it bears a codec at all its cuts.",
    footer = {
      "",
      "Begins with a network of ./cleave train exits. In each batch what crosses at one cut, drawn",
      "at random, goes through the codec; so one network serves all cuts. The last 5,000 training",
      "images say which weights are best, the test images only tell the result. Writes",
      "NETWORK-coded.onnx of the first seed, and .csv with bytes and right answers of every codec",
      "at every cut, before and after."
    })
final class TrainCodedCommand implements Callable<Integer> {
  private static final int BATCH = 32;
  private static final double WEIGHT_DECAY = 5e-4;
  private static final int MARKS = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "FILE",
      required = true,
      description = "The network to begin with: models/lenet-exits.onnx, which comes with it.")
  private Path network = Path.of("");

  @Option(
      names = "--codec",
      defaultValue = "INT4",
      description = "To be borne: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Codec codec = Codec.INT4;

  @Option(
      names = "--images",
      defaultValue = "55000",
      paramLabel = "COUNT",
      description = "Images to learn from, at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--test-images",
      defaultValue = "2000",
      paramLabel = "COUNT",
      description = "Images that go through every codec at every cut (default: ${DEFAULT-VALUE}).")
  private int shown;

  @Option(
      names = "--epochs",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "Times that all images are seen (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.002",
      paramLabel = "NUMBER",
      description = "At the beginning, falling to 0 (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--early-weight",
      defaultValue = "0.3",
      paramLabel = "NUMBER",
      description = "Of each exit's loss but the last one's (default: ${DEFAULT-VALUE}).")
  private double earlyWeight;

  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() {
    List<Long> all = seeds.from(options.seed());
    TrainingOptions.Sets sets = options.sets(most, ImageOption.VALIDATION);
    LabelledImages test = options.test();
    if (shown < 1 || shown > test.count()) {
      throw new UserError("--test-images must be in 1..%d, not %d.".formatted(test.count(), shown));
    }
    LabelledImages judged = test.range(0, shown);
    List<CodedSeed> results = new ArrayList<>();
    try {
      TrainedNetwork whole = Shipped.network(network);
      String name = whole.name() + "-coded";
      List<CodecStudy.Row> before = CodedSeed.rows(whole, judged);
      for (long seed : all) {
        TrainedNetwork tuned = tuned(whole, sets, seed);
        if (results.isEmpty()) {
          WholeFiles.write(List.of(options.file(name)), List.of(tuned.bytes()));
        }
        results.add(CodedSeed.of(seed, tuned, judged));
        // Anew after each seed, so that whoever stops early has what was done.
        CsvFile.write(
            options.file(name).resolveSibling(name + ".csv"),
            csv -> CodedSeed.write(csv, before, results));
      }
      CodedTable.print(before, results, spec.commandLine().getOut());
    } catch (IllegalArgumentException | IllegalStateException | ModelFormatException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
    return 0;
  }

  private TrainedNetwork tuned(TrainedNetwork whole, TrainingOptions.Sets sets, long seed) {
    int exits = whole.architecture().outputs().size();
    List<Double> weights = new ArrayList<>(Collections.nCopies(exits - 1, earlyWeight));
    weights.add(1.0);
    int passes = options.smoke() ? 1 : epochs;
    ExitRecipe recipe =
        new ExitRecipe(
            0, passes, BATCH, learningRate, WEIGHT_DECAY, weights, Math.max(1, passes), seed);
    FineTuning tuning =
        new FineTuning(codec, recipe, new ExitTraining.Images(sets.training(), sets.validating()));
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("seed " + seed)
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(MARKS)
            .setUpdateIntervalMillis(1000)
            .build()) {
      return tuning.of(
          whole,
          (part, done, loss) -> {
            bar.stepTo(Math.round(MARKS * done));
            bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f", loss));
          });
    }
  }
}
