package io.cleave.testbed.cli;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.IdxFiles;
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
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--data",
      defaultValue = "/usr/share/datasets/fashion-mnist",
      paramLabel = "FOLDER",
      description = "IDX files (default: ${DEFAULT-VALUE}, of Debian's dataset-fashion-mnist).")
  private Path data = Path.of("");

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
    LabelledImages all = read("train");
    LabelledImages test = read("t10k");
    int training = smoke ? SMOKE_TRAINING : all.count() - VALIDATION;
    int validation = smoke ? SMOKE_VALIDATION : VALIDATION;
    if (training < 1 || all.count() < training + validation) {
      throw new UserError(
          "%s holds %d training images; more than %d are needed."
              .formatted(data, all.count(), validation + (smoke ? training : 0)));
    }
    LabelledImages validating = all.range(all.count() - validation, all.count());
    ExitRecipe recipe = smoke ? network.smoke(seed) : network.recipe(seed);
    Architecture architecture = network.architecture();
    byte[] model =
        model(architecture, train(architecture, recipe, all.range(0, training), validating));
    ExitAnswers calibration = ExitEvaluation.of(model, validating, architecture.classes());
    ExitAnswers tested = ExitEvaluation.of(model, test, architecture.classes());
    Path file = out.resolve(architecture.name() + ".onnx");
    WholeFiles.write(
        List.of(file, out.resolve(architecture.name() + ".exits.json"), AnswersFile.beside(file)),
        List.of(
            model,
            ExitFile.content(architecture, model, recipe, calibration, tested),
            answers(new ExitStudy(calibration, tested), model)));
    report(architecture, tested);
    return 0;
  }

  private LabelledImages read(String set) {
    try {
      return IdxFiles.read(data, set);
    } catch (IOException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
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
    } catch (IllegalArgumentException error) {
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

  private static byte[] answers(ExitStudy study, byte[] model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AnswersFile.write(study, Sha256.of(model), bytes);
    return bytes.toByteArray();
  }

  private void report(Architecture architecture, ExitAnswers tested) {
    PrintWriter print = spec.commandLine().getOut();
    for (int exit = 0; exit < tested.exits().size(); exit++) {
      print.printf(
          Locale.ROOT,
          "%-8s %.2f %% of %d test images%n",
          architecture.outputs().get(exit),
          100 * tested.accuracy(exit),
          tested.images());
    }
    print.flush();
  }
}
