package io.cleave.traces;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the original Ghent and Norway logs: epoch, ms clock, latitude, longitude, bytes since the
 * last row, ms since the last row.
 *
 * <p>Ghent counts its epoch in ms, Norway in s; both have the ms clock in column 2, which is the
 * one used here. A rate is 8 x column 5 / column 6 and belongs to the interval that ends at the
 * row. A long interval is a measured one; a gap that no row covers splits the log.
 */
final class SixColumnReader {
  private static final double GAP = 10; // x the median interval
  private static final double EARLIEST_EPOCH = 1e8;

  private SixColumnReader() {}

  static boolean claims(Lines lines) {
    List<String> cells = Lines.cells(lines.text().get(0));
    return cells.size() == 6
        && cells.stream().allMatch(Row::isNumber)
        && Double.parseDouble(cells.get(0)) > EARLIEST_EPOCH;
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    List<Row> rows = files.get(0).rows(6);
    double gap = GAP * Median.of(rows.stream().mapToDouble(SixColumnReader::interval).toArray());
    List<Session> sessions = new ArrayList<>();
    double origin = 0;
    double end = Double.NEGATIVE_INFINITY;
    double bytes = 0;
    for (Row row : rows) {
      double time = row.number(1, "a clock in ms");
      double interval = interval(row);
      if (time < end) {
        throw row.goesBack(1);
      }
      bytes += row.atLeastZero(4, "bytes");
      if (interval == 0) {
        continue; // no interval of its own: its bytes go to the next row
      }
      if (sessions.isEmpty() || time - interval - end > gap) {
        sessions.add(Session.oneWay());
        origin = time - interval;
      }
      Steps steps = sessions.get(sessions.size() - 1).down();
      steps.until((time - origin) / 1e3, 8e3 * bytes / interval);
      end = time;
      bytes = 0;
    }
    return Draft.of(sessions, false, Gaps.note(sessions, gap / 1e3));
  }

  private static double interval(Row row) {
    row.number(0, "an epoch");
    return row.atLeastZero(5, "ms since the last row");
  }
}
