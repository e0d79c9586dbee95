package io.cleave.testbed.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A CSV file of a run, read whole or row by row. */
final class CsvTable {
  private CsvTable() {}

  /**
   * One row.
   *
   * @param file for errors
   * @param fields by column
   */
  record Row(Path file, NamedCsvRecord fields) {
    String text(String column) {
      return fields
          .findField(column)
          .orElseThrow(() -> wrong("there is no column \"%s\"".formatted(column)));
    }

    /** A number; NaN and Infinity are allowed. */
    double number(String column) {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw wrong("%s is no number in column \"%s\"".formatted(text(column), column));
      }
    }

    private UserError wrong(String what) {
      return new UserError(
          "%s line %d: %s. Maybe another version of Cleave wrote it."
              .formatted(file, fields.getStartingLineNumber(), what));
    }
  }

  static List<Row> read(Path file) {
    List<Row> rows = new ArrayList<>();
    forEach(file, rows::add);
    return rows;
  }

  /** Visits the rows without keeping them. */
  static void forEach(Path file, Consumer<Row> visit) {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      csv.forEach(fields -> visit.accept(new Row(file, fields)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
