package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two columns, {@code time_s rate}, as Pensieve's simulator reads them. A value is what was
 * measured over the interval that ends at its time; the first one has no interval and is left out.
 */
final class CookedReader {
  private CookedReader() {}

  static boolean fits(Sample sample) {
    return sample.numberColumns() == 2;
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    double unit = options.unit().orElse(RateUnit.MBPS).bitsPerSecond();
    List<Row> rows = Row.read(file, 2);
    Intervals intervals = new Intervals();
    double first = rows.isEmpty() ? 0 : rows.get(0).number(1);
    for (Row row : rows) {
      double end = row.number(1) - first;
      if (end < intervals.endSeconds()) {
        throw row.bad(1, "time goes backwards");
      }
      intervals.until(end, row.number(2) * unit);
    }
    return Origin.of(TraceFormat.COOKED, file, options).trace(intervals, "");
  }
}
