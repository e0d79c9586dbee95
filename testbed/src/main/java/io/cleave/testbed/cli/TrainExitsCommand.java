package io.cleave.testbed.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.onnx.Architecture;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.exits.ExitFile;
import io.cleave.testbed.exits.ExitNetwork;
import io.cleave.testbed.experiment.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train exits}: a network that may answer early, on labelled images. */
@Command(
    name = "exits",
    mixinStandardHelpOptions = true,
    description = "Trains a network with early exits and measures each exit.",
    footer = {
      "",
      "Images are a folder of IDX files, as MNIST and Fashion-MNIST come. The last 5,000 of the",
      "training set are kept for validation and calibration. Writes NETWORK.onnx, with an output",
      "for each exit, NETWORK.exits.json with what each exit is worth, and",
      "NETWORK.answers.csv.gz with what each answered to each image."
    })
final class TrainExitsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--network", required = true, description = "Which: ${COMPLETION-CANDIDATES}.")
  private ExitNetwork network = ExitNetwork.LENET;

  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() throws IOException {
    TrainingOptions.Sets sets = options.sets(Integer.MAX_VALUE, ImageOption.VALIDATION);
    LabelledImages test = options.test();
    long seed = options.seed();
    ExitRecipe recipe = options.smoke() ? network.smoke(seed) : network.recipe(seed);
    Architecture architecture = network.architecture();
    byte[] model = TrainingRun.model(architecture, recipe, sets.training(), sets.validating());
    ExitStudy study =
        new ExitStudy(
            ExitEvaluation.of(model, sets.validating(), architecture.classes()),
            ExitEvaluation.of(model, test, architecture.classes()));
    Path file = options.file(architecture);
    String sha256 = Sha256.of(model);
    JsonNode kept = ExitFile.recipe(recipe);
    WholeFiles.write(
        List.of(file, ExitFile.beside(file), AnswersFile.beside(file)),
        List.of(
            model,
            ExitFile.content(sha256, architecture.outputs(), study, Optional.of(kept)),
            AnswersFile.content(study, sha256)));
    ExitsTable.print(architecture.outputs(), study, spec.commandLine().getOut());
    return 0;
  }
}
