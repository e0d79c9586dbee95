package io.cleave.traces;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Our own format: {@code t_s,down_mbps[,up_mbps][,rtt_ms]}, one row a step. A value holds from its
 * time to the next row's; the last step is as long as the one before it. With one direction only,
 * both directions have it.
 */
public final class OwnCsv {
  /** Ten digits of a rate or round trip: an error of at most 5e-10 of the value. */
  private static final MathContext DIGITS = new MathContext(10);

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

  /**
   * Writes a recording: a row wherever a direction or the measured round trip has a new step. Times
   * are rounded to nanoseconds, other values to ten digits. A last step that is not as long as the
   * one before is written in two halves, which gives the reader the period. A round trip that was
   * given and not measured has no column; name and source are not written.
   */
  public static void write(Trace trace, Appendable text) throws IOException {
    boolean two = trace.up() != trace.down();
    boolean rtt = trace.roundTrip().isMeasured();
    text.append("t_s,down_mbps").append(two ? ",up_mbps" : "").append(rtt ? ",rtt_ms" : "");
    text.append('\n');
    long[] nanos = boundaries(trace);
    for (int i = 0; i + 1 < nanos.length; i++) {
      double middle = (nanos[i] + nanos[i + 1]) / 2e9; // clear of rounding at the boundaries
      text.append(plain(BigDecimal.valueOf(nanos[i], 9)));
      text.append(',').append(digits(trace.down().rateAt(middle) / 1e6));
      if (two) {
        text.append(',').append(digits(trace.up().rateAt(middle) / 1e6));
      }
      if (rtt) {
        text.append(',').append(digits(trace.roundTrip().at(middle) * 1e3));
      }
      text.append('\n');
    }
  }

  /** Where a value may change, from 0 to the period; the last two steps are equally long. */
  private static long[] boundaries(Trace trace) {
    TreeSet<Long> nanos = new TreeSet<>();
    for (Capacity way : List.of(trace.down(), trace.up())) {
      for (int step = 0; step <= way.steps(); step++) {
        nanos.add(Math.round(way.startSeconds(step) * 1e9));
      }
    }
    long period = nanos.last();
    RoundTrip roundTrip = trace.roundTrip();
    for (int sample = 0; roundTrip.isMeasured() && sample < roundTrip.samples(); sample++) {
      long time = Math.round(roundTrip.timeSeconds(sample) * 1e9);
      if (time > 0 && time < period) {
        nanos.add(time);
      }
    }
    long last = nanos.lower(period);
    Long before = nanos.lower(last);
    if (before == null || last - before != period - last) {
      nanos.add(last + (period - last) / 2);
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private static String digits(double value) {
    return plain(new BigDecimal(value).round(DIGITS));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
