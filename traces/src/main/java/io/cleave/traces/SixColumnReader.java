package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The original logs of the Ghent 4G and the Norway 3G measurements: epoch time, ms since the start,
 * latitude, longitude, bytes since the last row, ms since the last row. They differ in the first
 * column only, ms against s, which is used to tell them apart; the clock is the second column. A
 * value holds for the interval that ends at its row.
 */
final class SixColumnReader {
  /** Milliseconds of 1973, seconds of the year 5138: no log is of either time. */
  private static final double FIRST_MILLIS = 1e11;

  private SixColumnReader() {}

  static boolean fitsGhent(Sample sample) {
    return sample.numberColumns() == 6 && isMillis(sample);
  }

  static boolean fitsNorway(Sample sample) {
    return sample.numberColumns() == 6 && !isMillis(sample);
  }

  private static boolean isMillis(Sample sample) {
    return Double.parseDouble(Row.cells(sample.first()).get(0)) >= FIRST_MILLIS;
  }

  static Trace readGhent(Path file, ReadOptions options) throws IOException {
    return read(TraceFormat.GHENT, file, options);
  }

  static Trace readNorway(Path file, ReadOptions options) throws IOException {
    return read(TraceFormat.NORWAY, file, options);
  }

  private static Trace read(TraceFormat format, Path file, ReadOptions options) throws IOException {
    List<Row> rows = Row.read(file, 6);
    Intervals intervals = new Intervals();
    double first = rows.isEmpty() ? 0 : rows.get(0).number(2) - rows.get(0).number(6);
    for (Row row : rows) {
      checkEpoch(format, row);
      double end = (row.number(2) - first) / 1e3;
      if (end < intervals.endSeconds()) {
        throw row.bad(2, "time goes backwards");
      }
      double bytes = row.number(5);
      double millis = row.number(6);
      if (millis == 0 && bytes > 0) {
        throw row.bad(6, "bytes cannot arrive within 0 ms");
      }
      if (millis > 0) {
        intervals.until(end, 8 * bytes / millis * 1e3);
      }
    }
    return Origin.of(format, file, options).trace(intervals, "");
  }

  private static void checkEpoch(TraceFormat format, Row row) {
    if (row.number(1) >= FIRST_MILLIS != (format == TraceFormat.GHENT)) {
      throw row.bad(
          1,
          "%s has an epoch time in %s"
              .formatted(format.id(), format == TraceFormat.GHENT ? "ms" : "s"));
    }
  }
}
