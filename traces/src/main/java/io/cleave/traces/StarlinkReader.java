package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Starlink on the road: {@code iperf.csv}, bit/s per second in both directions, and {@code
 * ping.csv} beside it. The file is many short sessions; a gap of more than {@value #GAP} median
 * steps begins a new one, and a row that is itself so long is left out. The longest session is read
 * (the first among equals), or one by its number. An empty cell is unknown: the last known rate
 * goes on, and before the first known one that.
 */
final class StarlinkReader {
  static final double GAP = 5;

  /** Pings run between sessions, not during them: the nearest within this counts. */
  static final double PING_SECONDS = 120;

  private static final String DOWN = "download";
  private static final String UP = "upload";

  private StarlinkReader() {}

  static boolean fits(Sample sample) {
    return sample.hasColumns(StarlinkRow.START, StarlinkRow.END, DOWN, UP);
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    List<StarlinkRow> rows = CsvRow.read(file).stream().map(StarlinkRow::of).toList();
    List<List<StarlinkRow>> sessions = sessions(rows);
    int chosen = chosen(file, sessions, options);
    List<StarlinkRow> session = sessions.get(chosen - 1);
    Intervals intervals = new Intervals();
    double[] down = rates(session, DOWN);
    double[] up = rates(session, UP);
    LocalDateTime start = session.get(0).start();
    for (int i = 0; i < session.size(); i++) {
      intervals.until(seconds(start, session.get(i).end()), up[i], down[i]);
    }
    return Origin.of(TraceFormat.STARLINK, file, options)
        .trace(
            intervals,
            roundTrip(file, session, options),
            "session %d of %d, of %s".formatted(chosen, sessions.size(), start));
  }

  /** Runs of rows without a gap, in the file's order. */
  private static List<List<StarlinkRow>> sessions(List<StarlinkRow> rows) {
    double[] lengths = rows.stream().mapToDouble(StarlinkRow::seconds).sorted().toArray();
    double longest = lengths.length == 0 ? 0 : GAP * lengths[(lengths.length - 1) / 2];
    List<List<StarlinkRow>> sessions = new ArrayList<>();
    Optional<StarlinkRow> before = Optional.empty();
    for (StarlinkRow row : rows) {
      if (row.seconds() > longest) {
        before = Optional.empty();
        continue;
      }
      double gap = before.map(last -> seconds(last.end(), row.start())).orElse(longest + 1);
      if (gap < 0) {
        throw row.cells().bad(StarlinkRow.START, "time goes backwards");
      }
      if (gap > longest) {
        sessions.add(new ArrayList<>());
      }
      sessions.get(sessions.size() - 1).add(row);
      before = Optional.of(row);
    }
    return sessions;
  }

  private static int chosen(Path file, List<List<StarlinkRow>> sessions, ReadOptions options) {
    int chosen = options.session().orElseGet(() -> longest(sessions));
    if (chosen < 1) {
      throw new TraceFormatException(
          "%s: none of its %d sessions knows both directions.".formatted(file, sessions.size()));
    }
    if (chosen > sessions.size()) {
      throw new TraceFormatException(
          "%s: there is no session %d; they count from 1 to %d."
              .formatted(file, chosen, sessions.size()));
    }
    return chosen;
  }

  /** The number of the longest session that knows both directions; 0 if none does. */
  private static int longest(List<List<StarlinkRow>> sessions) {
    int best = 0;
    double length = 0;
    for (int i = 0; i < sessions.size(); i++) {
      List<StarlinkRow> session = sessions.get(i);
      double seconds = seconds(session.get(0).start(), session.get(session.size() - 1).end());
      if (seconds > length && knows(session, DOWN) && knows(session, UP)) {
        best = i + 1;
        length = seconds;
      }
    }
    return best;
  }

  private static boolean knows(List<StarlinkRow> session, String column) {
    return session.stream().anyMatch(row -> !row.cells().isMissing(column));
  }

  /** Bit/s of each row. */
  private static double[] rates(List<StarlinkRow> session, String column) {
    double last =
        session.stream()
            .map(StarlinkRow::cells)
            .filter(cells -> !cells.isMissing(column))
            .findFirst()
            .orElseThrow(() -> session.get(0).cells().bad(column, "this session never knows it"))
            .number(column);
    double[] rates = new double[session.size()];
    for (int i = 0; i < rates.length; i++) {
      CsvRow cells = session.get(i).cells();
      last = cells.isMissing(column) ? last : cells.number(column);
      rates[i] = last;
    }
    return rates;
  }

  private static RoundTrip roundTrip(Path file, List<StarlinkRow> session, ReadOptions options)
      throws IOException {
    LocalDateTime start = session.get(0).start();
    List<StarlinkRow> windows = windows(file, start, session.get(session.size() - 1).end());
    if (windows.isEmpty()) {
      return RoundTrip.constant(options.rttSeconds());
    }
    return RoundTrip.measured(
        windows.stream().mapToDouble(window -> seconds(start, window.start())).toArray(),
        windows.stream().mapToDouble(window -> window.cells().number("ping_avg") / 1e3).toArray());
  }

  /** The pings during a session, or the nearest one, or none. */
  private static List<StarlinkRow> windows(Path file, LocalDateTime start, LocalDateTime end)
      throws IOException {
    Path pings = file.resolveSibling("ping.csv");
    if (!Files.isRegularFile(pings)) {
      return List.of();
    }
    ToDoubleFunction<StarlinkRow> distance = window -> window.distance(start, end);
    List<StarlinkRow> near =
        CsvRow.read(pings).stream()
            .map(StarlinkRow::of)
            .filter(window -> !window.cells().isMissing("ping_avg"))
            .filter(window -> distance.applyAsDouble(window) <= PING_SECONDS)
            .toList();
    List<StarlinkRow> during =
        near.stream().filter(window -> distance.applyAsDouble(window) == 0).toList();
    return during.isEmpty()
        ? near.stream().min(Comparator.comparingDouble(distance)).stream().toList()
        : during.stream().sorted(Comparator.comparing(StarlinkRow::start)).toList();
  }

  private static double seconds(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toSeconds();
  }
}
