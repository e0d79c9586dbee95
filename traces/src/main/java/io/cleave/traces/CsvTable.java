package io.cleave.traces;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A CSV file with a header, its columns found by name.
 *
 * @param file for complaints
 * @param header names of the columns
 * @param rows each with as many cells as the header
 */
record CsvTable(Path file, List<String> header, List<Row> rows) {
  static CsvTable of(Lines lines) {
    List<Row> rows = new ArrayList<>();
    try {
      CsvReader.builder()
          .commentStrategy(CommentStrategy.SKIP)
          .ofCsvRecord(lines.content())
          .forEach(cells -> rows.add(row(lines.file(), cells)));
    } catch (CsvParseException e) {
      throw new TraceFormatException(
          lines.file(), "is no CSV: %s".formatted(String.valueOf(e.getMessage())));
    }
    if (rows.size() < 2) {
      throw new TraceFormatException(lines.file(), "has a header but no row.");
    }
    List<String> header = rows.get(0).cells().stream().map(String::strip).toList();
    List<Row> body = List.copyOf(rows.subList(1, rows.size()));
    for (Row row : body) {
      if (row.cells().size() != header.size()) {
        throw new TraceFormatException(
            row.file(),
            row.line(),
            0,
            String.join(",", row.cells()),
            "has %d cells under %d columns.".formatted(row.cells().size(), header.size()));
      }
    }
    return new CsvTable(lines.file(), header, body);
  }

  /** Whether a file's header names all of these columns. */
  static boolean hasColumns(Lines lines, Set<String> names) {
    return header(lines).containsAll(names);
  }

  /** Names in the header of what may or may not be a CSV file. */
  static List<String> header(Lines lines) {
    return List.of(lines.first().strip().split("\\s*,\\s*"));
  }

  boolean has(String name) {
    return header.contains(name);
  }

  int column(String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new TraceFormatException(
          file, "has no column %s, only %s.".formatted(name, String.join(", ", header)));
    }
    return index;
  }

  private static Row row(Path file, CsvRecord cells) {
    return new Row(file, cells.getStartingLineNumber(), cells.getFields());
  }
}
