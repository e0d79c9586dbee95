package io.cleave.traces;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own format: {@code t_s,down_mbps[,up_mbps][,rtt_ms]}, one row a step. A value holds from its
 * time to the next row's; the last step is as long as the one before it. With one direction only,
 * both directions have it.
 */
final class OwnCsv {
  private OwnCsv() {}

  /**
   * Reads a recording.
   *
   * @param file as the user named it, for messages
   * @param rttSeconds if the file has no column of round trips
   */
  static Trace read(String name, String source, String file, Reader text, double rttSeconds) {
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
