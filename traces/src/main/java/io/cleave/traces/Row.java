package io.cleave.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of a text recording, cut at spaces and tabs.
 *
 * @param line from 1
 */
record Row(Path file, long line, List<String> cells) {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** All lines of a text with so many columns; lines of nothing but spaces are passed over. */
  static List<Row> read(Path file, int columns) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file)) {
      long number = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        number++;
        if (!line.isBlank()) {
          Row row = new Row(file, number, cells(line));
          if (row.cells.size() != columns) {
            throw new TraceFormatException(
                file.toString(), number, "columns", line.strip(), columns + " columns are needed");
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  static List<String> cells(String line) {
    return SPACES.splitAsStream(line.strip()).toList();
  }

  /** The number in a column from 1, finite and at least 0. */
  double number(int column) {
    return Numbers.parse(cells.get(column - 1))
        .orElseThrow(() -> bad(column, "a number of at least 0 is needed"));
  }

  TraceFormatException bad(int column, String advice) {
    return new TraceFormatException(
        file.toString(), line, "column " + column, cells.get(column - 1), advice);
  }
}
