package io.cleave.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads two-column "cooked" text: seconds, Mbit/s (or the unit a person gave).
 *
 * <p>A rate belongs to the interval that ends at its time; the first row has none and is dropped,
 * and its time becomes 0. Rows of equal time are merged, the first one counts.
 */
final class CookedReader {
  private static final double UNUSUAL_STEP = 10; // x the median

  private CookedReader() {}

  static boolean claims(Lines lines) {
    List<String> cells = Lines.cells(lines.text().get(0));
    return cells.size() == 2 && cells.stream().allMatch(Row::isNumber);
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    List<Row> rows = files.get(0).rows(2);
    RateUnit unit = options.unit().orElse(RateUnit.MBPS);
    if (rows.size() < 2) {
      throw rows.get(0).wrong(1, "has no interval: a trace needs at least two rows.");
    }
    Session session = Session.oneWay();
    double origin = rows.get(0).atLeastZero(0, "a time in s");
    rows.get(0).rate(1, unit);
    double before = origin;
    List<Double> lengths = new ArrayList<>();
    for (Row row : rows.subList(1, rows.size())) {
      double time = row.atLeastZero(0, "a time in s");
      if (time < before) {
        throw row.goesBack(0);
      }
      session.down().until(time - origin, row.rate(1, unit));
      lengths.add(time - before);
      before = time;
    }
    return Draft.of(session, unusual(lengths));
  }

  private static List<String> unusual(List<Double> lengths) {
    double[] sorted = lengths.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double longest = sorted[sorted.length - 1];
    double median = Median.ofSorted(sorted);
    return longest > UNUSUAL_STEP * median
        ? List.of(
            String.format(
                Locale.ROOT,
                "one rate covers %.1f s, %.0f times the median step of %.1f s.",
                longest,
                longest / median,
                median))
        : List.of();
  }
}
