package io.cleave.testbed.tracestore;

import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Writes files that are there as a whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Something that can be written; what it throws leaves the file as it was. */
  @FunctionalInterface
  public interface Text {
    void to(Writer writer) throws IOException;
  }

  /**
   * Writes to a temporary file in the same folder, then moves it; replaces what is there.
   *
   * @throws UserError if there is no such folder or it cannot be written to
   */
  public static void write(Path file, Text text) {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    if (!Files.isDirectory(folder)) {
      throw new UserError("%s cannot be written: there is no folder %s.".formatted(file, folder));
    }
    try {
      try {
        try (Writer writer = Files.newBufferedWriter(temporary)) {
          text.to(writer);
        }
        move(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UserError("%s cannot be written: %s".formatted(file, e));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems cannot; the file is complete before it moves all the same.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
