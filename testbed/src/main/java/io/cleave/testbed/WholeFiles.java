package io.cleave.testbed;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes files that are there as a whole or not at all; folders are made, old files replaced. */
public final class WholeFiles {
  private WholeFiles() {}

  /** Something that can be written; if it throws, the file stays as it was. */
  @FunctionalInterface
  public interface Text {
    void to(Writer writer) throws IOException;
  }

  /** Content that can be written without holding it; if it throws, the file stays as it was. */
  @FunctionalInterface
  public interface Content {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes one file, however large.
   *
   * @throws UserError if it cannot be written
   */
  public static void stream(Path file, Content content) {
    try {
      Path draft = draft(file);
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
          content.to(out);
        }
        move(draft, file);
      } finally {
        draft.toFile().delete();
      }
    } catch (IOException error) {
      throw cannot(file, error);
    }
  }

  /**
   * Writes one text.
   *
   * @throws UserError if it cannot be written
   */
  public static void write(Path file, Text text) {
    StringWriter whole = new StringWriter();
    try {
      text.to(whole);
    } catch (IOException error) {
      throw cannot(file, error);
    }
    write(List.of(file), List.of(whole.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes all contents beside their places first, then moves each into place.
   *
   * @param contents one for each file
   * @throws UserError if one cannot be written
   */
  public static void write(List<Path> files, List<byte[]> contents) {
    List<Path> drafts = new ArrayList<>();
    try {
      for (int i = 0; i < files.size(); i++) {
        Path draft = draft(files.get(i));
        drafts.add(draft);
        Files.write(draft, contents.get(i));
      }
      for (int i = 0; i < files.size(); i++) {
        move(drafts.get(i), files.get(i));
      }
    } catch (IOException error) {
      throw cannot(files.get(0), error);
    } finally {
      drafts.forEach(draft -> draft.toFile().delete());
    }
  }

  /** Where a file is written first, in its folder, which is made; gone if the program is ended. */
  private static Path draft(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
    Files.createDirectories(folder);
    String name = ".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path draft = folder.resolve(name);
    draft.toFile().deleteOnExit();
    return draft;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems cannot; the file is complete before it moves all the same.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static UserError cannot(Path file, IOException error) {
    return new UserError("%s cannot be written: %s".formatted(file, error));
  }
}
