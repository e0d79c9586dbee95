package io.cleave.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole text file.
 *
 * @param file for complaints
 * @param content all of it, without a byte order mark
 * @param text line by line; line n of the file stands at n - 1
 */
record Lines(Path file, String content, List<String> text) {
  private static final int SNIFFED_BYTES = 4096;

  static Lines of(Path file) {
    if (Files.isDirectory(file)) {
      throw new TraceFormatException(file, "is a directory; give the recording inside it.");
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      refuseBinary(file, bytes);
      return of(file, new String(bytes, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Lines of(Path file, String content) {
    String plain = content.startsWith("\uFEFF") ? content.substring(1) : content;
    if (plain.isBlank()) {
      throw new TraceFormatException(file, "is empty.");
    }
    return new Lines(file, plain, plain.lines().toList());
  }

  /** First line that is neither blank nor a comment. */
  String first() {
    return text.stream().filter(line -> !line.isBlank() && !comment(line)).findFirst().orElse("");
  }

  /**
   * Cells between white space or commas. Blank lines may only end the file.
   *
   * @throws TraceFormatException if a line in the middle is blank or another number of cells
   */
  List<Row> rows(int columns) {
    int last = text.size();
    while (last > 0 && text.get(last - 1).isBlank()) {
      last--;
    }
    List<Row> rows = new ArrayList<>(last);
    for (int i = 0; i < last; i++) {
      Row row = new Row(file, i + 1L, cells(text.get(i)));
      if (row.cells().size() != columns) {
        throw new TraceFormatException(
            file, i + 1L, 0, text.get(i), "needs %d columns.".formatted(columns));
      }
      rows.add(row);
    }
    return rows;
  }

  static List<String> cells(String line) {
    String trimmed = line.strip();
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s*[\\s,;]\\s*"));
  }

  static boolean comment(String line) {
    return line.startsWith("#");
  }

  private static void refuseBinary(Path file, byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, SNIFFED_BYTES); i++) {
      if (bytes[i] == 0) {
        throw new TraceFormatException(
            file, "is not a text. Maybe it is a \"._\" companion that an archive brought along.");
      }
    }
  }
}
