package io.cleave.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The beginning of a recording, from which its format is told.
 *
 * @param lines the first that are not blank, at most {@value #LINES}
 */
record Sample(Path file, List<String> lines) {
  private static final int LINES = 200;
  private static final Pattern COMMA = Pattern.compile(",");

  Sample {
    lines = List.copyOf(lines);
  }

  /** Takes a sample; a file that is empty or not text is refused here. */
  static Sample of(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file)) {
      for (String line = text.readLine();
          line != null && lines.size() < LINES;
          line = text.readLine()) {
        if (line.indexOf('\0') >= 0) {
          throw new CharacterCodingException();
        }
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
    }
    if (lines.isEmpty()) {
      throw new TraceFormatException(
          file.toString(), 1, "file", "", "it is empty; a recording has at least one line");
    }
    return new Sample(file, lines);
  }

  String first() {
    return lines.get(0).strip();
  }

  /** True if the first line is a CSV header with these columns. */
  boolean hasColumns(String... columns) {
    List<String> header = COMMA.splitAsStream(first()).map(String::strip).toList();
    return header.containsAll(List.of(columns));
  }

  /** Columns of the first line if they all are numbers, cut at spaces; otherwise 0. */
  int numberColumns() {
    List<String> cells = Row.cells(first());
    return cells.stream().allMatch(Sample::isNumber) ? cells.size() : 0;
  }

  private static boolean isNumber(String cell) {
    try {
      return !Double.isNaN(Double.parseDouble(cell)); // negative ones too: they are refused later
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
