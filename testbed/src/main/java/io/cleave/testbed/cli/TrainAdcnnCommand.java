package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.tiles.Retraining;
import io.cleave.testbed.tiles.SeedResult;
import io.cleave.testbed.tiles.StepAccuracy;
import io.cleave.testbed.tiles.TileStudy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train adcnn}: a trained network becomes one of tiles that need no neighbours. */
@Command(
    name = "adcnn",
    mixinStandardHelpOptions = true,
    description =
        "Retrains AlexNet so that its first blocks run on each tile alone, as ADCNN does.",
    footer = {
      "",
      "Begins with a network of ./cleave train exits --network alexnet, of which the last exit is",
      "kept, and changes it in three steps, each beginning with the weights of the one before:",
      "tiles with zeros around them; answers of tiles clipped; answers in 4 bits. The last 5,000",
      "training images say what is best, the test images only tell the result. Writes",
      "alexnet-tiles-GRID.onnx of the last step and the first seed, .steps.csv with what is right",
      "after each step, and .tiles.csv with bytes of each tile and what is right without it.",
      "A seed takes about 20 minutes of a core. ./cleave reproduce adcnn --model FILE says more."
    })
final class TrainAdcnnCommand implements Callable<Integer> {
  private static final int BATCH = 32; // many steps matter more than quiet ones
  private static final double WEIGHT_DECAY = 5e-4;
  private static final int MARKS = 1000;
  private static final int STEPS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "models/alexnet-exits.onnx",
      description = "The network to begin with (default: ${DEFAULT-VALUE}, which comes with it).")
  private Path model = Path.of("");

  @Mixin private TileOptions tiles = new TileOptions();

  @Option(
      names = "--images",
      defaultValue = "55000",
      paramLabel = "COUNT",
      description = "Images that tiles are learned from, at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--later-images",
      defaultValue = "12000",
      paramLabel = "COUNT",
      description =
          "The last of them, that either later step learns from, at most (default: ${DEFAULT-VALUE}).")
  private int later;

  @Option(
      names = "--epochs",
      defaultValue = "8",
      paramLabel = "COUNT",
      description = "Times that the first step sees its images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--later-epochs",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "Times that either later step sees its images (default: ${DEFAULT-VALUE}).")
  private int laterEpochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.006",
      paramLabel = "NUMBER",
      description = "At the beginning of the first step (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--later-learning-rate",
      defaultValue = "0.0005",
      paramLabel = "NUMBER",
      description =
          "At the beginning of either later step, which goes on from what was learned (default: ${DEFAULT-VALUE}).")
  private double laterRate;

  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() {
    List<Long> all = seeds.from(options.seed());
    if (most < BATCH || later < BATCH) {
      throw new UserError(
          "At least %d images are needed in each step, not %d and %d."
              .formatted(BATCH, most, later));
    }
    TrainingOptions.Sets sets = options.sets(most, ImageOption.VALIDATION);
    LabelledImages test = options.test();
    Path file = options.file("alexnet-tiles-" + tiles);
    List<SeedResult> results = new ArrayList<>();
    try {
      TilewiseNetwork network = tiles.network(Zoo.ALEXNET_EXITS.architecture());
      Map<String, float[]> trained = network.whole().weightsIn(Shipped.file(model));
      for (long seed : all) {
        Retraining.Outcome outcome = retrained(network, trained, sets, seed);
        byte[] last = outcome.model();
        if (results.isEmpty()) {
          WholeFiles.write(List.of(file), List.of(last));
        }
        List<StepAccuracy> accuracies = new ArrayList<>();
        for (Retraining.Step step : outcome.steps()) {
          accuracies.add(StepAccuracy.of(step, sets.validating(), test, network.whole().classes()));
        }
        results.add(new SeedResult(seed, accuracies, TileStudy.of(last, test)));
        // Anew after each seed, so that whoever stops early has what was done.
        CsvFile.write(beside(file, ".steps.csv"), csv -> SeedResult.writeSteps(csv, results));
        CsvFile.write(beside(file, ".tiles.csv"), csv -> SeedResult.writeTiles(csv, results));
      }
    } catch (IllegalArgumentException | IllegalStateException | ModelFormatException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
    TilesTable.print(results, spec.commandLine().getOut());
    return 0;
  }

  private static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.length() - ".onnx".length()) + ending);
  }

  private Retraining.Outcome retrained(
      TilewiseNetwork network, Map<String, float[]> trained, TrainingOptions.Sets sets, long seed) {
    Retraining retraining =
        new Retraining(
            network,
            recipe(epochs, learningRate, seed),
            recipe(laterEpochs, laterRate, seed),
            new ExitTraining.Images(sets.training(), sets.validating()),
            later,
            tiles.quantiles());
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("seed " + seed)
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(STEPS * MARKS)
            .setUpdateIntervalMillis(1000)
            .build()) {
      return retraining.run(
          trained,
          (step, done, loss) -> {
            bar.stepTo(Math.round(MARKS * (step.number() + done)));
            bar.setExtraMessage(String.format(Locale.ROOT, " %s, loss %.3f", step, loss));
          });
    }
  }

  private ExitRecipe recipe(int epochs, double rate, long seed) {
    int passes = options.smoke() ? 1 : epochs;
    return new ExitRecipe(
        0, passes, BATCH, rate, WEIGHT_DECAY, List.of(1.0), Math.max(1, passes), seed);
  }
}
