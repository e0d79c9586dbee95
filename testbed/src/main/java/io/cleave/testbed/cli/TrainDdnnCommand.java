package io.cleave.testbed.cli;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.onnx.Aggregation;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.ViewNetworks;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.exits.ExitFile;
import io.cleave.testbed.exits.SixViews;
import io.cleave.testbed.experiment.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train ddnn}: a network that sees with six cameras. */
@Command(
    name = "ddnn",
    mixinStandardHelpOptions = true,
    description = "Trains DDNN's network of six devices and a cloud, with an exit at either.",
    footer = {
      "",
      "Six views are made of each image of a folder of IDX files, as MNIST and Fashion-MNIST come.",
      "The first 10,000 training images are learned from, the last 2,000 say when to stop. Writes",
      "ddnn-LOCAL-CLOUD.onnx, whose outputs are the two exits, and ddnn-LOCAL-CLOUD.exits.json",
      "with what each is worth. ./cleave reproduce ddnn --model FILE says more."
    })
final class TrainDdnnCommand implements Callable<Integer> {
  private static final int TRAINING = 10_000;
  private static final int VALIDATION = 2_000;
  private static final int EPOCHS = 6;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--local",
      defaultValue = "MAX",
      description =
          "How scores of the devices become one: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Aggregation local = Aggregation.MAX;

  @Option(
      names = "--cloud",
      defaultValue = "CONCAT",
      description = "How their feature maps become one (default: ${DEFAULT-VALUE}).")
  private Aggregation cloud = Aggregation.CONCAT;

  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() {
    TrainingOptions.Sets sets = options.sets(TRAINING, VALIDATION);
    LabelledImages learned = SixViews.of(sets.training(), SixViews.TRAINING);
    LabelledImages validating = SixViews.of(sets.validating(), SixViews.VALIDATION);
    LabelledImages test = SixViews.of(options.test(), SixViews.TEST);
    Architecture architecture = ViewNetworks.ddnn(local, cloud);
    ExitRecipe recipe =
        new ExitRecipe(
            0,
            options.smoke() ? 1 : EPOCHS,
            64,
            0.05,
            5e-4,
            List.of(1.0, 1.0),
            EPOCHS,
            options.seed());
    byte[] model = TrainingRun.model(architecture, recipe, learned, validating);
    ExitStudy study =
        new ExitStudy(
            ExitEvaluation.of(model, validating, architecture.classes()),
            ExitEvaluation.of(model, test, architecture.classes()));
    Path file = options.file(architecture);
    WholeFiles.write(
        List.of(file, ExitFile.beside(file)),
        List.of(
            model,
            ExitFile.content(
                Sha256.of(model),
                architecture.outputs(),
                study,
                Optional.of(ExitFile.recipe(recipe)))));
    ExitsTable.print(architecture.outputs(), study, spec.commandLine().getOut());
    return 0;
  }
}
