package io.cleave.traces;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads Oboe pairs: two lines "ms kbit/s" with one rate, where a chunk's download began and ended.
 *
 * <p>The first start becomes 0. Between two pairs, where nothing was measured for some tenths of a
 * second, the rate goes on until the next pair begins; the authors suggest interpolation.
 */
final class OboeReader {
  private static final double SHORTEST_MEDIAN_MILLIS = 50;

  private OboeReader() {}

  /** Whole milliseconds that ascend in pairs of one rate each, and more than one rate. */
  static boolean claims(Lines lines) {
    List<List<String>> cells =
        lines.text().stream().filter(line -> !line.isBlank()).map(Lines::cells).toList();
    boolean numbers =
        cells.stream().allMatch(row -> row.size() == 2 && row.stream().allMatch(Row::isNumber));
    if (!numbers || cells.size() < 4 || cells.size() % 2 != 0) {
      return false;
    }
    int pairs = cells.size() / 2;
    boolean paired =
        IntStream.range(0, pairs)
            .allMatch(i -> cells.get(2 * i).get(1).equals(cells.get(2 * i + 1).get(1)));
    long rates = cells.stream().map(row -> row.get(1)).distinct().count();
    return paired
        && rates > 1
        && cells.stream().allMatch(OboeReader::wholeMillis)
        && chunksLong(cells);
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    List<Row> rows = files.get(0).rows(2);
    RateUnit unit = options.unit().orElse(RateUnit.KBPS);
    if (rows.size() % 2 != 0) {
      throw rows.get(rows.size() - 1).wrong(0, "has no partner: lines come in pairs.");
    }
    Session session = Session.oneWay();
    double origin = rows.get(0).atLeastZero(0, "a time in ms");
    double end = origin;
    double rate = 0;
    for (int i = 0; i < rows.size(); i += 2) {
      Row first = rows.get(i);
      Row second = rows.get(i + 1);
      double start = first.atLeastZero(0, "a time in ms");
      if (start < end) {
        throw first.goesBack(0);
      }
      if (i > 0) {
        session.down().until((start - origin) / 1e3, rate);
      }
      rate = first.rate(1, unit);
      if (second.rate(1, unit) != rate) {
        throw second.wrong(1, "differs from its partner %s.".formatted(first.cells().get(1)));
      }
      end = second.atLeastZero(0, "a time in ms");
      if (end < start) {
        throw second.goesBack(0);
      }
    }
    session.down().until((end - origin) / 1e3, rate);
    return Draft.of(session, List.of());
  }

  private static boolean wholeMillis(List<String> row) {
    double time = Double.parseDouble(row.get(0));
    return time == Math.rint(time);
  }

  /** Chunks take longer than this; whole seconds of a cooked file would be far shorter. */
  private static boolean chunksLong(List<List<String>> cells) {
    double[] lengths = new double[cells.size() / 2];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] =
          Double.parseDouble(cells.get(2 * i + 1).get(0))
              - Double.parseDouble(cells.get(2 * i).get(0));
    }
    return Median.of(lengths) >= SHORTEST_MEDIAN_MILLIS;
  }
}
