package io.cleave.testbed.live;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.onnx.OnnxFile;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network's file that a person gave. A controller knows networks of files by their hash only, and
 * servers fetch them from it.
 */
final class GivenModel {
  private final Path file;

  private GivenModel(Path file) {
    this.file = file;
  }

  /** Those that a fleet runs. */
  static List<GivenModel> of(FleetPlan plan) {
    return plan.networks().stream().flatMap(each -> of(each.origin()).stream()).toList();
  }

  /** Empty for a network of the zoo, which every program can build. */
  static Optional<GivenModel> of(String origin) {
    return origin.startsWith("zoo:")
        ? Optional.empty()
        : Optional.of(new GivenModel(Path.of(origin)));
  }

  Path file() {
    return file;
  }

  /** What its exits answered, if that lies beside it. */
  Optional<Path> answers() {
    return Optional.of(AnswersFile.beside(file)).filter(Files::isRegularFile);
  }

  /** What codecs make of its tensors, if that lies beside it. */
  Optional<Path> sizes() {
    return Optional.of(SizesFile.beside(file)).filter(Files::isRegularFile);
  }

  /**
   * Puts it into a folder as a controller has it, with what its exits answered and what codecs make
   * of its tensors.
   *
   * @return what was written
   * @throws UserError if what lies beside it is another model's
   */
  List<Path> store(Path folder) {
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      OnnxFile.writeWhole(file, content);
      String sha256 = Sha256.of(content.toByteArray());
      check(sha256);
      Path stored = Files.createDirectories(folder).resolve(sha256 + ".onnx");
      List<Path> written = new ArrayList<>(List.of(Files.write(stored, content.toByteArray())));
      copy(answers(), AnswersFile.beside(stored), written);
      copy(sizes(), SizesFile.beside(stored), written);
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Optional<Path> from, Path to, List<Path> written) throws IOException {
    if (from.isPresent()) {
      written.add(Files.copy(from.get(), to, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  private void check(String sha256) {
    try {
      AnswersFile.read(file, sha256);
      SizesFile.read(file, sha256);
    } catch (IOException unusable) {
      throw new UserError(String.valueOf(unusable.getMessage()));
    }
  }
}
