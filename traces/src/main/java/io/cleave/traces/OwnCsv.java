package io.cleave.traces;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
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

  /**
   * Reads a recording.
   *
   * @param file as the user named it, for messages
   * @param rttSeconds if the file has no column of round trips
   */
  public static Trace read(
      String name, String source, String file, Reader text, double rttSeconds) {
    List<Double> times = new ArrayList<>();
    List<Double> down = new ArrayList<>();
    List<Double> up = new ArrayList<>();
    List<Double> rtt = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : rows) {
        times.add(number(file, row, "t_s"));
        down.add(number(file, row, "down_mbps") * 1e6);
        if (row.findField("up_mbps").isPresent()) {
          up.add(number(file, row, "up_mbps") * 1e6);
        }
        if (row.findField("rtt_ms").isPresent()) {
          rtt.add(number(file, row, "rtt_ms") / 1e3);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (times.size() < 2) {
      throw new TraceFormatException(
          "%s holds %d rows; a recording needs at least two.".formatted(file, times.size()));
    }
    double[] starts = starts(times);
    Capacity downlink = new Capacity(starts, array(down));
    Capacity uplink = up.isEmpty() ? downlink : new Capacity(starts, array(up));
    RoundTrip roundTrip =
        rtt.isEmpty()
            ? RoundTrip.constant(rttSeconds)
            : RoundTrip.measured(array(times), array(rtt));
    return new Trace(name, source, uplink, downlink, roundTrip);
  }

  private static double[] starts(List<Double> times) {
    int n = times.size();
    double[] starts = new double[n + 1];
    for (int i = 0; i < n; i++) {
      starts[i] = times.get(i) - times.get(0);
    }
    starts[n] = 2 * starts[n - 1] - starts[n - 2];
    return starts;
  }

  private static double number(String file, NamedCsvRecord row, String column) {
    String cell = row.findField(column).orElse("");
    try {
      double value = Double.parseDouble(cell);
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad(file, row, column, cell);
    }
    throw bad(file, row, column, cell);
  }

  private static TraceFormatException bad(
      String file, NamedCsvRecord row, String column, String cell) {
    return new TraceFormatException(
        file, row.getStartingLineNumber(), column, cell, "a number of at least 0 is needed");
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
