package io.cleave.testbed.cli;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.UserError;
import io.cleave.testbed.live.CleaveHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that come with Cleave are found wherever it is started: {@code experiments/exits.yaml}. */
final class Shipped {
  private Shipped() {}

  /** The file itself if it is there, else the one that comes with Cleave, if that is. */
  static Path file(Path given) {
    Path shipped = CleaveHome.ofLauncher().folder().resolve("testbed").resolve(given);
    return !Files.exists(given) && Files.exists(shipped) ? shipped : given;
  }

  /** The labelled images that come with Cleave. */
  static LabelledImages images() {
    try {
      return IdxFiles.read(file(Path.of("images", "fashion-mnist")), "t10k");
    } catch (IOException missing) {
      throw new UserError(String.valueOf(missing.getMessage()));
    }
  }

  /**
   * A trained network to begin with.
   *
   * @throws UserError if it cannot be read
   */
  static TrainedNetwork network(Path given) {
    try {
      return TrainedNetwork.read(file(given));
    } catch (UncheckedIOException error) {
      throw new UserError(
          "%s cannot be read. Train it: ./cleave train exits --network NAME --out FOLDER"
              .formatted(given));
    }
  }
}
