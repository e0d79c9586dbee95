package io.cleave.testbed.cli;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where labelled images come from. */
final class ImageOption {
  /** Training images that trainings keep apart. */
  static final int VALIDATION = 5_000;

  @Option(
      names = "--data",
      defaultValue = "/usr/share/datasets/fashion-mnist",
      paramLabel = "FOLDER",
      description = "IDX files (default: ${DEFAULT-VALUE}, of Debian's dataset-fashion-mnist).")
  private Path data = Path.of("");

  Path folder() {
    return data;
  }

  /** Those of the training images that trainings keep apart, the last ones. */
  LabelledImages validating() {
    LabelledImages all = read("train");
    if (all.count() <= VALIDATION) {
      throw new UserError(
          "%s holds %d training images; of more than %d the last %d are taken, from which nothing learned."
              .formatted(data, all.count(), VALIDATION, VALIDATION));
    }
    return all.range(all.count() - VALIDATION, all.count());
  }

  /** One set of images, "train" or "t10k". */
  LabelledImages read(String set) {
    try {
      return IdxFiles.read(data, set);
    } catch (IOException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }
}
