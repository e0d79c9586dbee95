package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.onnx.Architecture;
import io.cleave.testbed.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A training that people wait for: a bar tells how far it is. */
final class TrainingRun {
  private TrainingRun() {}

  /** Settings of the engine, to be made before it is first used: it asks nobody for anything. */
  static void useThreads(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
  }

  /**
   * Trains and writes the network as the content of an ONNX file.
   *
   * @throws UserError if recipe, network and images do not go together
   */
  static byte[] model(
      Architecture architecture,
      ExitRecipe recipe,
      LabelledImages training,
      LabelledImages validating) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      architecture.write(weights(architecture, recipe, training, validating), bytes);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return bytes.toByteArray();
  }

  private static Map<String, float[]> weights(
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
}
