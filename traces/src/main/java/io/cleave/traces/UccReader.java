package io.cleave.traces;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the UCC 5G CSV: about one row a second, DL_bitrate in kbit/s, now and then a ping.
 *
 * <p>A rate belongs to the interval that ends at its time. Rows of one second are merged, the first
 * counts. The logger stops its download to ping: a second with a ping gives a round trip and no
 * rate, and takes the mean of the seconds beside it. UL_bitrate holds the acknowledgements of the
 * download, which say nothing about the uplink: the trace has one direction. Where the rate is zero
 * for more than 30 % of the time, an application set it (35 to 75 % in the Netflix and Prime logs,
 * under 5 % in the download logs at hand).
 */
final class UccReader {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu.MM.dd_HH.mm.ss");
  private static final double GAP = 10; // x the median step
  private static final double IDLE_SHARE = 0.3;

  /** One second of the log; a rate of NaN is not known. */
  private record Second(double time, double rate, double ping) {
    Second merged(Second later) {
      double known = Double.isNaN(ping) ? later.ping : ping;
      return new Second(time, Double.isNaN(known) ? rate : Double.NaN, known);
    }
  }

  private UccReader() {}

  static boolean claims(Lines lines) {
    return CsvTable.hasColumns(lines, Set.of("Timestamp", "DL_bitrate"));
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    CsvTable table = CsvTable.of(files.get(0));
    List<Second> seconds = seconds(table);
    if (seconds.size() < 2) {
      throw new TraceFormatException(table.file(), "needs at least two rows of different time.");
    }
    double[] steps = new double[seconds.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = seconds.get(i + 1).time - seconds.get(i).time;
    }
    double gap = GAP * Median.of(steps);
    List<Session> sessions = sessions(seconds, gap);
    List<String> notes = new ArrayList<>(Gaps.note(sessions, gap));
    long pings = seconds.stream().filter(second -> !Double.isNaN(second.ping)).count();
    notes.add("rows of equal time merged: %d.".formatted(table.rows().size() - seconds.size()));
    if (pings > 0) {
      notes.add("seconds with a ping, which give a round trip and no rate: %d.".formatted(pings));
    }
    double idle = idleShare(seconds, gap);
    boolean limited = idle > IDLE_SHARE;
    if (limited) {
      notes.add(
          "application-limited: the rate is zero for %.0f %% of the time; not a capacity."
              .formatted(100 * idle));
    }
    return Draft.of(sessions, limited, notes);
  }

  private static List<Second> seconds(CsvTable table) {
    int clock = table.column("Timestamp");
    int rate = table.column("DL_bitrate");
    int ping = table.has("PINGAVG") ? table.column("PINGAVG") : -1;
    List<Second> seconds = new ArrayList<>();
    for (Row row : table.rows()) {
      boolean pinged = ping >= 0 && !row.missing(ping);
      Second second =
          new Second(
              row.time(clock, CLOCK, "2020.01.16_12.10.03"),
              pinged || row.missing(rate) ? Double.NaN : row.rate(rate, RateUnit.KBPS),
              pinged ? row.atLeastZero(ping, "a ping in ms") / 1e3 : Double.NaN);
      int last = seconds.size() - 1;
      if (last < 0 || second.time > seconds.get(last).time) {
        seconds.add(second);
      } else if (second.time == seconds.get(last).time) {
        seconds.set(last, seconds.get(last).merged(second));
      } else {
        throw row.goesBack(clock);
      }
    }
    return seconds;
  }

  private static List<Session> sessions(List<Second> seconds, double gap) {
    List<Session> sessions = new ArrayList<>();
    double origin = 0;
    for (int i = 0; i < seconds.size(); i++) {
      Second second = seconds.get(i);
      if (i == 0 || second.time - seconds.get(i - 1).time > gap) {
        sessions.add(Session.oneWay());
        origin = second.time;
      }
      Session session = sessions.get(sessions.size() - 1);
      session.down().until(second.time - origin, filled(seconds, i));
      if (!Double.isNaN(second.ping)) {
        session.pings().add(second.time - origin, second.ping);
      }
    }
    return sessions.stream().filter(session -> session.down().size() > 0).toList();
  }

  /** The rate of a second, or the mean of the nearest known ones around it. */
  private static double filled(List<Second> seconds, int index) {
    double before = nearest(seconds, index, -1);
    double after = nearest(seconds, index, 1);
    if (Double.isNaN(before)) {
      return Double.isNaN(after) ? 0 : after;
    }
    return Double.isNaN(after) ? before : (before + after) / 2;
  }

  private static double nearest(List<Second> seconds, int index, int direction) {
    for (int i = index; i >= 0 && i < seconds.size(); i += direction) {
      if (!Double.isNaN(seconds.get(i).rate)) {
        return seconds.get(i).rate;
      }
    }
    return Double.NaN;
  }

  private static double idleShare(List<Second> seconds, double gap) {
    double idle = 0;
    double known = 0;
    for (int i = 1; i < seconds.size(); i++) {
      double step = seconds.get(i).time - seconds.get(i - 1).time;
      if (step <= gap && !Double.isNaN(seconds.get(i).rate)) {
        known += step;
        idle += seconds.get(i).rate == 0 ? step : 0;
      }
    }
    return known == 0 ? 0 : idle / known;
  }
}
