package io.cleave.testbed.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.Architecture;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.exits.ExitFile;
import io.cleave.testbed.exits.ExitNetwork;
import io.cleave.testbed.experiment.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
  private static final int VALIDATION = 5_000;
  private static final int SMOKE_TRAINING = 2_560;
  private static final int SMOKE_VALIDATION = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--network", required = true, description = "Which: ${COMPLETION-CANDIDATES}.")
  private ExitNetwork network = ExitNetwork.LENET;

  @Mixin private ImageOption images = new ImageOption();

  @Option(
      names = "--out",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "Where the results go (default: here).")
  private Path out = Path.of("");

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--smoke",
      description = "A few images and one epoch, to see that all goes together.")
  private boolean smoke;

  @Override
  public Integer call() throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    LabelledImages all = images.read("train");
    LabelledImages test = images.read("t10k");
    int training = smoke ? SMOKE_TRAINING : all.count() - VALIDATION;
    int validation = smoke ? SMOKE_VALIDATION : VALIDATION;
    if (training < 1 || all.count() < training + validation) {
      throw new UserError(
          "%s holds %d training images; more than %d are needed."
              .formatted(images.folder(), all.count(), validation + (smoke ? training : 0)));
    }
    LabelledImages validating = all.range(all.count() - validation, all.count());
    ExitRecipe recipe = smoke ? network.smoke(seed) : network.recipe(seed);
    Architecture architecture = network.architecture();
    byte[] model =
        model(architecture, train(architecture, recipe, all.range(0, training), validating));
    ExitStudy study =
        new ExitStudy(
            ExitEvaluation.of(model, validating, architecture.classes()),
            ExitEvaluation.of(model, test, architecture.classes()));
    Path file = out.resolve(architecture.name() + ".onnx");
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

  private Map<String, float[]> train(
      Architecture architecture,
      ExitRecipe recipe,
      LabelledImages training,
      LabelledImages validating) {
    try (ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName(architecture.name())
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(1000)
                .setUpdateIntervalMillis(1000)
                .build();
        ExitTraining run =
            new ExitTraining(
                architecture,
                recipe,
                training,
                validating,
                (part, done, loss) -> {
                  bar.stepTo(Math.round(1000 * share(recipe, part, done)));
                  bar.setExtraMessage(String.format(Locale.ROOT, " %s, loss %.3f", part, loss));
                })) {
      return run.run();
    } catch (IllegalArgumentException | IllegalStateException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }

  /** Epochs of the trunk count half: they have one exit's work. */
  private static double share(ExitRecipe recipe, String part, double done) {
    double trunk = recipe.trunkEpochs() * 0.5;
    double whole = trunk + recipe.epochs();
    return part.equals("trunk") ? done * trunk / whole : (trunk + done * recipe.epochs()) / whole;
  }

  private static byte[] model(Architecture architecture, Map<String, float[]> weights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      architecture.write(weights, bytes);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return bytes.toByteArray();
  }
}
