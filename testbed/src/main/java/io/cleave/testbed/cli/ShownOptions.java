package io.cleave.testbed.cli;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.testbed.UserError;
import io.cleave.testbed.codecs.Judge;
import io.cleave.testbed.codecs.Measurable;
import io.cleave.testbed.codecs.Shown;
import io.cleave.testbed.experiment.Sha256;
import io.cleave.transport.frames.Brightness;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.frames.ImageTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network is shown while it is seen what codecs make of its tensors. */
final class ShownOptions {
  private static final int STANDARD = 1_000;

  @Mixin private ImageOption labelled = new ImageOption();

  @Option(
      names = "--frames",
      paramLabel = "FOLDER",
      description = "Shows the images of a folder, of which nobody knows what they show.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "COUNT",
      description = "How many images, the first ones (default: 1000, or all that a folder holds).")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--seeded",
      paramLabel = "COUNT",
      description = "Shows so many frames of seeded values, the first that agents make.")
  private Optional<Integer> seeded = Optional.empty();

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of seeded values, as cleave.agent.seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * The frames.
   *
   * @param file of the network; empty for one of the zoo, whose answers mean nothing
   * @param bad is told each file that is no image, and why
   * @throws UserError if the network does not take them, or there are not as many
   */
  Shown of(DnnGraph graph, Optional<Path> file, BiConsumer<Path, String> bad) {
    Measurable.input(graph);
    if (seeded.isPresent()) {
      if (folder.isPresent() || images.isPresent()) {
        throw new UserError(
            "--seeded makes frames of its own; it does not go together with --frames or --images.");
      }
      return Shown.seeded(graph, seed, counted("--seeded", seeded.get(), Integer.MAX_VALUE));
    }
    return folder.isPresent()
        ? ofFolder(graph, folder.get(), file, bad)
        : ofLabelled(graph, file.isPresent());
  }

  private Shown ofLabelled(DnnGraph graph, boolean trained) {
    if (!trained) {
      throw new UserError(
          "Weights of the zoo are not trained, so that labels mean nothing. Show %s something with --frames FOLDER or --seeded COUNT."
              .formatted(graph.name()));
    }
    LabelledImages validating = labelled.validating();
    Measurable.check(graph, validating);
    int count = counted("--images", images.orElse(STANDARD), validating.count());
    return Shown.of(graph, validating.range(0, count));
  }

  private Shown ofFolder(
      DnnGraph graph, Path folder, Optional<Path> file, BiConsumer<Path, String> bad) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("There is no folder %s.".formatted(folder));
    }
    try {
      ImageTensor taken = new ImageTensor(graph, brightness(file));
      ImageFolder files = new ImageFolder(folder, taken);
      int standard = Math.min(STANDARD, files.count());
      int count = counted("--images", images.orElse(standard), files.count());
      boolean judged = file.isPresent() && Measurable.tellsClasses(graph);
      return Shown.of(files, count, judged ? Judge.SAME_ANSWER : Judge.NOBODY, bad);
    } catch (ImageException unusable) {
      throw new UserError(String.valueOf(unusable.getMessage()));
    }
  }

  /** As agents do that run the file. */
  private static Brightness brightness(Optional<Path> file) {
    try {
      return file.isEmpty()
          ? Brightness.UNIT
          : Brightness.of(AnswersFile.read(file.get(), Sha256.ofModel(file.get())));
    } catch (IOException unusable) {
      throw new UserError(String.valueOf(unusable.getMessage()));
    }
  }

  private static int counted(String option, int count, int most) {
    if (count < 1 || count > most) {
      throw new UserError("%s must be in 1..%d, not %d.".formatted(option, most, count));
    }
    return count;
  }
}
