package io.cleave.traces;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a CSV recording with a header.
 *
 * @param file as the user named it, for messages
 */
record CsvRow(String file, NamedCsvRecord cells) {

  static List<CsvRow> read(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      return read(file.toString(), text);
    }
  }

  static List<CsvRow> read(String file, Reader text) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord line : lines) {
        rows.add(new CsvRow(file, line));
      }
    } catch (CsvParseException e) {
      throw new TraceFormatException("%s: not a CSV: %s".formatted(file, e.getMessage()));
    }
    return rows;
  }

  long line() {
    return cells.getStartingLineNumber();
  }

  boolean has(String column) {
    return cells.findField(column).isPresent();
  }

  /** True for an empty cell and for '-', which both mean "not measured" and never 0. */
  boolean isMissing(String column) {
    String cell = text(column);
    return cell.isEmpty() || cell.equals("-");
  }

  /** The number in a column, finite and at least 0. */
  double number(String column) {
    return Numbers.parse(text(column))
        .orElseThrow(() -> bad(column, "a number of at least 0 is needed"));
  }

  String text(String column) {
    return cells
        .findField(column)
        .orElseThrow(
            () ->
                new TraceFormatException(
                    file, line(), column, "", "this column is missing from the line"))
        .strip();
  }

  TraceFormatException bad(String column, String advice) {
    return new TraceFormatException(file, line(), column, text(column), advice);
  }
}
