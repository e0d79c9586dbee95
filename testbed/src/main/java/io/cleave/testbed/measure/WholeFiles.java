package io.cleave.testbed.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes files that appear in full or not at all. */
public final class WholeFiles {
  private WholeFiles() {}

  /**
   * Writes all contents beside their places first, then moves each into place.
   *
   * @param files where to, folders are made
   * @param contents one for each file
   */
  public static void write(List<Path> files, List<byte[]> contents) {
    List<Path> drafts = new ArrayList<>();
    try {
      for (int i = 0; i < files.size(); i++) {
        Path folder = files.get(i).toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, ".draft-", ".part");
        drafts.add(draft);
        Files.write(draft, contents.get(i));
      }
      for (int i = 0; i < files.size(); i++) {
        Files.move(drafts.get(i), files.get(i), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } finally {
      drafts.forEach(draft -> draft.toFile().delete());
    }
  }
}
