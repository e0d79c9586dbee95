package io.cleave.testbed.experiment;

import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run. It is filled under another name and takes its own only when it is whole;
 * closed before that, it is gone.
 */
public final class RunFolder implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final Path shown;
  private final Path goal;
  private final Path partial;

  private RunFolder(Path shown) {
    this.shown = shown;
    this.goal = shown.toAbsolutePath().normalize();
    this.partial =
        goal.resolveSibling(
            ".%s-%d.partial".formatted(goal.getFileName(), ProcessHandle.current().pid()));
  }

  /** The first free one of {@code parent/name-1}, {@code parent/name-2}, ... */
  public static RunFolder next(Path parent, String name) {
    int number = 1;
    while (Files.exists(parent.resolve(name + "-" + number))) {
      number++;
    }
    return at(parent.resolve(name + "-" + number));
  }

  /** One that does not exist yet. */
  public static RunFolder at(Path folder) {
    if (Files.exists(folder)) {
      throw new UserError(
          "%s exists already; results are never overwritten. Maybe choose another --out."
              .formatted(folder));
    }
    RunFolder run = new RunFolder(folder);
    try {
      Files.createDirectories(run.partial.getParent());
      Files.createDirectory(run.partial);
    } catch (IOException e) {
      throw new UserError("%s cannot be made: %s".formatted(folder, e));
    }
    return run;
  }

  /** Where a file of the run is written. */
  public Path file(String name) {
    return partial.resolve(name);
  }

  /** The folder that is being filled. */
  public Path partial() {
    return partial;
  }

  /** The name that the folder will have, as it was asked for. */
  public Path shown() {
    return shown;
  }

  /** Gives the folder its name. */
  public Path publish() {
    try {
      Files.move(partial, goal);
      return shown;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also removes it when the program is stopped from outside. */
  public RunFolder guarded() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    return this;
  }

  /** Removes what was not published. */
  @Override
  public void close() {
    try {
      for (int attempt = 1; Files.exists(partial); attempt++) {
        removeAll(attempt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the program is stopped from outside, cells still write: then once more. */
  private void removeAll(int attempt) throws IOException {
    try {
      delete(partial);
    } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException e) {
      if (attempt == ATTEMPTS) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
