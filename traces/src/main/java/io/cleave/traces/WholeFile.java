package io.cleave.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes files that appear whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes beside the target first, then moves; makes missing directories; replaces. */
  public static void write(Path file, String content) {
    Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    try {
      Files.createDirectories(directory);
      Path draft = Files.createTempFile(directory, ".draft-", ".tmp");
      try {
        Files.writeString(draft, content, UTF_8);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
