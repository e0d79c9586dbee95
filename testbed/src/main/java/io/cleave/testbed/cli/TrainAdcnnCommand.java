package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.tiling.Grid;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.tiles.Retraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cleave train adcnn}: draft. */
@Command(name = "adcnn", mixinStandardHelpOptions = true, description = "Draft.")
final class TrainAdcnnCommand implements Callable<Integer> {
  @Option(names = "--convolutions", defaultValue = "5")
  private int convolutions;

  @Option(names = "--rows", defaultValue = "2")
  private int rows;

  @Option(names = "--images", defaultValue = "20000")
  private int most;

  @Option(names = "--rate", defaultValue = "0.01")
  private double rate;

  @Option(names = "--epochs", defaultValue = "1")
  private int epochs;

  @Option(names = "--zeros", defaultValue = "0.6")
  private double zeros;

  @Option(names = "--below", defaultValue = "0.998")
  private double below;

  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() {
    TrainingOptions.Sets sets = options.sets(most, 5_000);
    TilewiseNetwork network =
        new TilewiseNetwork(
            Zoo.ALEXNET_EXITS.architecture(), convolutions, new Grid(rows, rows)::tiles);
    System.err.println(network.tiles() + " share " + network.share());
    Map<String, float[]> weights =
        network.whole().weightsIn(Shipped.file(Path.of("models", "alexnet-exits.onnx")));
    ExitRecipe recipe =
        new ExitRecipe(0, epochs, 128, rate, 5e-4, List.of(1.0), epochs, options.seed());
    long start = System.nanoTime();
    List<Retraining.Step> steps =
        new Retraining(
                network,
                recipe,
                new ExitTraining.Images(sets.training(), sets.validating()),
                new Retraining.Quantiles(zeros, below))
            .run(weights, (step, done, loss) -> {});
    System.err.println((System.nanoTime() - start) / 1e9 + " s");
    for (Retraining.Step step : steps) {
      System.err.printf(
          "%s %.2f %.2f%n",
          step.name(), accuracy(step.before(), sets.validating()), accuracy(step.after(), sets.validating()));
    }
    return 0;
  }

  private static double accuracy(byte[] model, LabelledImages images) {
    return 100 * ExitEvaluation.of(model, images, 10).accuracy(0);
  }
}
