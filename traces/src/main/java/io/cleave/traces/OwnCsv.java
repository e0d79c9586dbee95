package io.cleave.traces;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own format: {@code t_s,down_mbps[,up_mbps][,rtt_ms]}, one row a step. A value holds from its
 * time to the next row's; the last step is as long as the one before it. With one direction only,
 * both directions have it.
 */
final class OwnCsv {
  private OwnCsv() {}

  static boolean fits(Sample sample) {
    return sample.hasColumns("t_s", "down_mbps");
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    Origin origin = Origin.of(TraceFormat.OWN_CSV, file, options);
    try (Reader text = Files.newBufferedReader(file)) {
      return read(origin.name(), origin.source(""), file.toString(), text, options.rttSeconds());
    }
  }

  /**
   * Reads a recording.
   *
   * @param file as the user named it, for messages
   * @param rttSeconds if the file has no column of round trips
   */
  static Trace read(String name, String source, String file, Reader text, double rttSeconds)
      throws IOException {
    List<CsvRow> rows = CsvRow.read(file, text);
    if (rows.size() < 2) {
      throw new TraceFormatException(
          "%s holds %d rows; a recording needs at least two.".formatted(file, rows.size()));
    }
    double[] times = times(rows);
    Intervals intervals = new Intervals();
    for (int i = 0; i < rows.size(); i++) {
      CsvRow row = rows.get(i);
      double down = row.number("down_mbps") * RateUnit.MBPS.bitsPerSecond();
      double up = row.has("up_mbps") ? row.number("up_mbps") * RateUnit.MBPS.bitsPerSecond() : down;
      intervals.until(times[i + 1], up, down);
    }
    return intervals.trace(file, name, source, roundTrip(rows, times, rttSeconds));
  }

  /** [rows + 1] starts from 0, and the end of the last step. */
  private static double[] times(List<CsvRow> rows) {
    int n = rows.size();
    double first = rows.get(0).number("t_s");
    double[] times = new double[n + 1];
    for (int i = 0; i < n; i++) {
      times[i] = rows.get(i).number("t_s") - first;
      if (i > 0 && times[i] <= times[i - 1]) {
        throw rows.get(i).bad("t_s", "time must ascend from row to row");
      }
    }
    times[n] = 2 * times[n - 1] - times[n - 2];
    return times;
  }

  private static RoundTrip roundTrip(List<CsvRow> rows, double[] times, double rttSeconds) {
    if (!rows.get(0).has("rtt_ms")) {
      return RoundTrip.constant(rttSeconds);
    }
    List<Double> starts = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      starts.add(times[i]);
      seconds.add(rows.get(i).number("rtt_ms") / 1e3);
    }
    return RoundTrip.measured(Numbers.array(starts), Numbers.array(seconds));
  }
}
