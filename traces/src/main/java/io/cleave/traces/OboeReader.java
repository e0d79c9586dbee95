package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Oboe's pairs of lines, {@code start_ms kbit/s} and {@code end_ms kbit/s}, one pair a downloaded
 * chunk. The authors fill the gaps between chunks by a straight line; here a gap has the mean of
 * its neighbours, which carries exactly as many bits.
 */
final class OboeReader {
  private OboeReader() {}

  /** Whole milliseconds from above 0, and both lines of every pair with one rate. */
  static boolean fits(Sample sample) {
    if (sample.numberColumns() != 2 || sample.lines().size() < 2) {
      return false;
    }
    List<List<String>> rows = sample.lines().stream().map(Row::cells).toList();
    for (int i = 0; i + 1 < rows.size(); i += 2) {
      List<String> start = rows.get(i);
      List<String> end = rows.get(i + 1);
      if (start.size() != 2
          || end.size() != 2
          || !isWhole(start.get(0))
          || !isWhole(end.get(0))
          || !start.get(1).equals(end.get(1))) {
        return false;
      }
    }
    return Double.parseDouble(rows.get(0).get(0)) > 0;
  }

  private static boolean isWhole(String cell) {
    return Numbers.parse(cell).stream().anyMatch(value -> value == Math.rint(value));
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    double unit = options.unit().orElse(RateUnit.KBPS).bitsPerSecond();
    List<Row> rows = Row.read(file, 2);
    if (rows.size() % 2 != 0) {
      throw rows.get(rows.size() - 1).bad(1, "the second line of this pair is missing");
    }
    Intervals intervals = new Intervals();
    double first = rows.isEmpty() ? 0 : rows.get(0).number(1);
    double before = 0;
    for (int i = 0; i < rows.size(); i += 2) {
      Row start = rows.get(i);
      Row end = rows.get(i + 1);
      double rate = start.number(2);
      if (end.number(2) != rate) {
        throw end.bad(2, "both lines of a pair have one rate");
      }
      double from = ascending(start, first, intervals);
      intervals.until(from, (before + rate) / 2 * unit);
      intervals.until(ascending(end, first, intervals), rate * unit);
      before = rate;
    }
    return Origin.of(TraceFormat.OBOE, file, options).trace(intervals, "");
  }

  private static double ascending(Row row, double first, Intervals intervals) {
    double seconds = (row.number(1) - first) / 1e3;
    if (seconds < intervals.endSeconds()) {
      throw row.bad(1, "time goes backwards");
    }
    return seconds;
  }
}
