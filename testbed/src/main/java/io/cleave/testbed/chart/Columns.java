package io.cleave.testbed.chart;

import io.cleave.traces.Capacity;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A direction cut into equally long columns.
 *
 * @param seconds length of a column
 */
record Columns(List<Column> columns, double seconds) {
  /** Parts of a column that are compared; never shorter than a second. */
  private static final int PARTS = 8;

  /**
   * A column; rates in Mbit/s.
   *
   * @param least the lowest mean of a part of it
   * @param most the highest mean of a part of it
   * @param outage true if an {@link Outage} reaches into it
   */
  record Column(double mean, double least, double most, boolean outage) {}

  Columns {
    columns = List.copyOf(columns);
  }

  static Columns of(Capacity way, int count) {
    double seconds = way.periodSeconds() / count;
    boolean[] outages = outages(way, count);
    return new Columns(
        IntStream.range(0, count)
            .mapToObj(i -> column(way, i * seconds, seconds, outages[i]))
            .toList(),
        seconds);
  }

  boolean anyOutage() {
    return columns.stream().anyMatch(Column::outage);
  }

  private static Column column(Capacity way, double start, double seconds, boolean outage) {
    double mean = mbps(way, start, start + seconds);
    double least = mean;
    double most = mean;
    int parts = (int) Math.max(1, Math.min(PARTS, seconds));
    for (int part = 0; part < parts; part++) {
      double from = start + seconds * part / parts;
      double rate = mbps(way, from, from + seconds / parts);
      least = Math.min(least, rate);
      most = Math.max(most, rate);
    }
    return new Column(mean, least, most, outage);
  }

  /** The end of the lap belongs to the lap, so that rounding never reaches into the next one. */
  private static double mbps(Capacity way, double start, double end) {
    double until = Math.min(end, way.periodSeconds());
    return Math.max(0, (way.bitsUntil(until) - way.bitsUntil(start)) / (end - start) / 1e6);
  }

  private static boolean[] outages(Capacity way, int count) {
    boolean[] outages = new boolean[count];
    for (Outage outage : Outage.of(way)) {
      int first = (int) (outage.start() / way.periodSeconds() * count);
      double last = Math.ceil(outage.end() / way.periodSeconds() * count);
      for (int i = first; i < Math.min(count, last); i++) {
        outages[i] = true;
      }
    }
    return outages;
  }
}
