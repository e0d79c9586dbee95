package io.cleave.traces;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Our own CSV: {@code t_s,down_mbps[,up_mbps][,rtt_ms]}, each row in force from its time on.
 *
 * <p>Lines before the header may state {@code # source: TEXT}, {@code # period_s: SECONDS} and
 * {@code # rtt_ms: CONSTANT}. Without a period the last row lasts as long as the one before it, and
 * a single row, which is the same for ever, a second. A {@code -} says nothing new: a rate goes on,
 * and no round trip was taken.
 */
public final class OwnCsv {
  private static final String NOTHING_NEW = "-";

  private OwnCsv() {}

  static boolean claims(Lines lines) {
    List<String> header = CsvTable.header(lines);
    return header.contains("t_s") && header.contains("down_mbps");
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    Lines lines = files.get(0);
    CsvTable table = CsvTable.of(lines);
    List<Row> rows = table.rows();
    double[] starts = starts(table);
    double period = period(lines, starts);
    Session session = table.has("up_mbps") ? Session.bothWays() : Session.oneWay();
    direction(table, "down_mbps", starts, period, session.down());
    session.up().ifPresent(up -> direction(table, "up_mbps", starts, period, up));
    if (table.has("rtt_ms")) {
      int column = table.column("rtt_ms");
      for (int i = 0; i < rows.size(); i++) {
        if (!rows.get(i).missing(column)) {
          double millis = rows.get(i).atLeastZero(column, "a round trip in ms");
          session.pings().add(starts[i], millis / 1e3);
        }
      }
    }
    Optional<Row> constant = property(lines, "rtt_ms");
    return new Draft(
        List.of(session),
        constant.isPresent()
            ? OptionalDouble.of(constant.get().atLeastZero(0, "a round trip in ms") / 1e3)
            : OptionalDouble.empty(),
        property(lines, "source").map(row -> row.cells().get(0)),
        false,
        List.of());
  }

  /** Writes a trace so that reading it back gives the same one; a reader never sees half of it. */
  public static void write(Trace trace, Path file) {
    WholeFile.write(file, text(trace));
  }

  static String text(Trace trace) {
    RoundTrip rtt = trace.roundTrip();
    StringBuilder out = new StringBuilder();
    out.append("# source: ").append(trace.source().replaceAll("\\s+", " ")).append('\n');
    out.append("# period_s: ").append(plain(trace.periodSeconds())).append('\n');
    if (!rtt.isMeasured()) {
      out.append("# rtt_ms: ").append(plain(rtt.at(0) * 1e3)).append('\n');
    }
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("down_mbps", trace.down()));
    if (!trace.oneWay()) {
      columns.add(new Column("up_mbps", trace.up()));
    }
    TreeSet<Double> times = new TreeSet<>();
    columns.forEach(column -> column.addTimes(times));
    for (int i = 0; i < (rtt.isMeasured() ? rtt.samples() : 0); i++) {
      times.add(rtt.timeSeconds(i));
    }
    times.removeIf(time -> time < 0 || time >= trace.periodSeconds());
    out.append("t_s");
    columns.forEach(column -> out.append(',').append(column.name));
    out.append(rtt.isMeasured() ? ",rtt_ms\n" : "\n");
    for (double time : times) {
      out.append(plain(time));
      columns.forEach(column -> out.append(',').append(column.at(time)));
      out.append(rtt.isMeasured() ? "," + sample(rtt, time) : "").append('\n');
    }
    return out.toString();
  }

  private static double[] starts(CsvTable table) {
    int column = table.column("t_s");
    List<Row> rows = table.rows();
    double[] starts = new double[rows.size()];
    double origin = rows.get(0).atLeastZero(column, "a time in s");
    for (int i = 0; i < starts.length; i++) {
      starts[i] = rows.get(i).atLeastZero(column, "a time in s") - origin;
      if (i > 0 && starts[i] < starts[i - 1]) {
        throw rows.get(i).goesBack(column);
      }
    }
    return starts;
  }

  private static double period(Lines lines, double[] starts) {
    int last = starts.length - 1;
    Optional<Row> stated = property(lines, "period_s");
    if (stated.isEmpty()) {
      return last == 0 ? 1 : starts[last] + (starts[last] - starts[last - 1]);
    }
    double period = stated.get().number(0, "a period in s");
    if (period <= starts[last]) {
      throw stated
          .get()
          .wrong(0, "must be later than the last row at %s s.".formatted(starts[last]));
    }
    return period;
  }

  private static void direction(
      CsvTable table, String name, double[] starts, double period, Steps into) {
    int column = table.column(name);
    double rate = Double.NaN;
    for (int i = 0; i < starts.length; i++) {
      Row row = table.rows().get(i);
      if (!row.missing(column)) {
        if (!Double.isNaN(rate)) {
          into.until(starts[i], rate);
        }
        rate = row.rate(column, RateUnit.MBPS);
      } else if (i == 0) {
        throw row.wrong(column, "must not be missing in the first row.");
      }
    }
    into.until(period, rate);
  }

  /** The value of a "# name: value" line as a row of one cell. */
  private static Optional<Row> property(Lines lines, String name) {
    String start = "# " + name + ":";
    for (int i = 0; i < lines.text().size() && Lines.comment(lines.text().get(i)); i++) {
      if (lines.text().get(i).startsWith(start)) {
        String value = lines.text().get(i).substring(start.length()).strip();
        return Optional.of(new Row(lines.file(), i + 1L, List.of(value)));
      }
    }
    return Optional.empty();
  }

  private static String sample(RoundTrip rtt, double time) {
    for (int i = 0; i < rtt.samples(); i++) {
      if (rtt.timeSeconds(i) == time) {
        return plain(rtt.seconds(i) * 1e3);
      }
    }
    return NOTHING_NEW;
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private record Column(String name, Capacity capacity) {
    void addTimes(TreeSet<Double> times) {
      for (int i = 0; i < capacity.steps(); i++) {
        times.add(capacity.startSeconds(i));
      }
    }

    String at(double time) {
      int step = capacity.stepAt(time);
      return capacity.startSeconds(step) == time
          ? plain(capacity.bitsPerSecond(step) / 1e6)
          : NOTHING_NEW;
    }
  }
}
