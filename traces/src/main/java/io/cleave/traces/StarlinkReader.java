package io.cleave.traces;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the Starlink iperf CSV: one row a second with download and upload in bit/s; round trips
 * from the ping CSV beside it, if given.
 *
 * <p>Rows whose interval is more than three times the median are not trusted (their end is wrong).
 * The log is split at gaps of more than three times the median step. An empty cell is missing: the
 * rate before it goes on. A session that never measured one of the directions is dropped.
 */
final class StarlinkReader {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final String SHAPE = "2024-01-11 10:06:39";
  private static final double GAP = 3; // x the median interval

  /** One row; a rate of NaN is missing. */
  record Measured(double start, double end, double down, double up) {}

  private record Ping(double time, double seconds) {}

  private StarlinkReader() {}

  static boolean claims(Lines lines) {
    return isIperf(lines) || isPing(lines);
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    List<Lines> iperf = files.stream().filter(StarlinkReader::isIperf).toList();
    List<Lines> ping = files.stream().filter(StarlinkReader::isPing).toList();
    if (iperf.size() != 1 || ping.size() > 1) {
      throw new TraceFormatException(
          files.get(0).file(), "needs one iperf CSV and at most one ping CSV.");
    }
    List<Measured> rows = rows(iperf.get(0));
    double[] lengths = rows.stream().mapToDouble(row -> row.end - row.start).toArray();
    double gap = GAP * Median.of(lengths);
    List<Measured> trusted = rows.stream().filter(row -> row.end - row.start <= gap).toList();
    List<List<Measured>> stretches = stretches(trusted, gap);
    List<Ping> pings = ping.stream().map(StarlinkReader::pings).findFirst().orElse(List.of());
    List<Session> sessions =
        stretches.stream().flatMap(rowsOf -> session(rowsOf, pings).stream()).toList();
    List<String> notes = new ArrayList<>(Gaps.note(sessions, gap));
    notes.add(
        "%d rows with a wrong end and %d sessions with one direction only are dropped."
            .formatted(rows.size() - trusted.size(), stretches.size() - sessions.size()));
    return Draft.of(sessions, false, notes);
  }

  static List<Measured> rows(Lines lines) {
    CsvTable table = CsvTable.of(lines);
    int start = table.column("timestamp_start");
    int end = table.column("timestamp_end");
    int down = table.column("download");
    int up = table.column("upload");
    List<Measured> rows = new ArrayList<>();
    double before = Double.NEGATIVE_INFINITY;
    for (Row row : table.rows()) {
      double from = row.time(start, CLOCK, SHAPE);
      double to = row.time(end, CLOCK, SHAPE);
      if (from < before) {
        throw row.goesBack(start);
      }
      if (to < from) {
        throw row.goesBack(end);
      }
      rows.add(new Measured(from, to, rate(row, down), rate(row, up)));
      before = from;
    }
    return rows;
  }

  private static double rate(Row row, int column) {
    return row.missing(column) ? Double.NaN : row.rate(column, RateUnit.BPS);
  }

  private static List<Ping> pings(Lines lines) {
    CsvTable table = CsvTable.of(lines);
    int clock = table.column("timestamp_end");
    int average = table.column("ping_avg");
    return table.rows().stream()
        .filter(row -> !row.missing(average))
        .map(
            row ->
                new Ping(
                    row.time(clock, CLOCK, SHAPE), row.atLeastZero(average, "a ping in ms") / 1e3))
        .toList();
  }

  private static List<List<Measured>> stretches(List<Measured> rows, double gap) {
    List<List<Measured>> stretches = new ArrayList<>();
    double end = 0;
    for (Measured row : rows) {
      if (stretches.isEmpty() || row.start - end > gap) {
        stretches.add(new ArrayList<>());
      }
      stretches.get(stretches.size() - 1).add(row);
      end = row.end;
    }
    return stretches;
  }

  private static Optional<Session> session(List<Measured> rows, List<Ping> pings) {
    double[] down = held(rows.stream().mapToDouble(Measured::down).toArray());
    double[] up = held(rows.stream().mapToDouble(Measured::up).toArray());
    double origin = rows.get(0).start;
    if (Double.isNaN(down[0]) || Double.isNaN(up[0])) {
      return Optional.empty();
    }
    Session session = Session.bothWays();
    for (int i = 0; i < down.length; i++) { // a short gap belongs to the row before it
      double end = i + 1 < down.length ? rows.get(i + 1).start : rows.get(i).end;
      session.down().until(end - origin, down[i]);
      session.up().orElseThrow().until(end - origin, up[i]);
    }
    latest(pings, origin).ifPresent(ping -> session.pings().add(0, ping.seconds));
    double last = rows.get(rows.size() - 1).end;
    pings.stream()
        .filter(ping -> ping.time > origin && ping.time < last)
        .forEach(ping -> session.pings().add(ping.time - origin, ping.seconds));
    return Optional.of(session);
  }

  /** Replaces what is missing by the value before it, or at the beginning after it. */
  private static double[] held(double[] values) {
    double first =
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).findFirst().orElse(Double.NaN);
    double[] held = values.clone();
    for (int i = 0; i < held.length; i++) {
      if (Double.isNaN(held[i])) {
        held[i] = i == 0 ? first : held[i - 1];
      }
    }
    return held;
  }

  /** The last ping before a time, or the first one of all. */
  private static Optional<Ping> latest(List<Ping> pings, double time) {
    return pings.stream()
        .filter(ping -> ping.time <= time)
        .reduce((earlier, later) -> later)
        .or(() -> pings.stream().findFirst());
  }

  private static boolean isIperf(Lines lines) {
    return CsvTable.hasColumns(
        lines, Set.of("timestamp_start", "timestamp_end", "download", "upload"));
  }

  private static boolean isPing(Lines lines) {
    return CsvTable.hasColumns(lines, Set.of("timestamp_end", "ping_avg"));
  }
}
