package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.Architecture;
import io.cleave.testbed.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all trainings on labelled images are told. */
final class TrainingOptions {
  private static final int SMOKE_TRAINING = 2_560;
  private static final int SMOKE_VALIDATION = 500;

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

  /**
   * Images to learn from, and those kept apart from them.
   *
   * @param validating the last of the training set
   */
  record Sets(LabelledImages training, LabelledImages validating) {}

  /**
   * Reads both, fewer for a smoke run.
   *
   * @param most images to learn from, from the first on
   * @param validation images kept apart
   * @throws UserError if there are too few
   */
  Sets sets(int most, int validation) {
    TrainingRun.useThreads(threads);
    LabelledImages all = images.read("train");
    int apart = smoke ? SMOKE_VALIDATION : validation;
    int learned = Math.min(most, smoke ? SMOKE_TRAINING : all.count() - apart);
    if (learned < 1 || all.count() < learned + apart) {
      throw new UserError(
          "%s holds %d training images; more than %d are needed."
              .formatted(images.folder(), all.count(), apart + (smoke ? learned - 1 : 0)));
    }
    return new Sets(all.range(0, learned), all.range(all.count() - apart, all.count()));
  }

  /** Images that only tell the result. */
  LabelledImages test() {
    return images.read("t10k");
  }

  long seed() {
    return seed;
  }

  boolean smoke() {
    return smoke;
  }

  /** Where a trained network goes. */
  Path file(Architecture architecture) {
    return file(architecture.name());
  }

  /** Where a trained network of this name goes. */
  Path file(String name) {
    return out.resolve(name + ".onnx");
  }
}
