package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The 5G logs of University College Cork, kbit/s over the second that ends at the row's time. Rows
 * of one time are one second, of which the first row counts. The logger stops the download while it
 * pings, so a second with a ping gives a round trip and no rate; it is covered by the mean of the
 * rates before and after it. A row that goes back in time is left out. The uplink column of a
 * download log holds its acknowledgements, no capacity; the downlink serves for both directions.
 */
final class UccReader {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy.MM.dd_HH.mm.ss");
  private static final String TIMESTAMP = "Timestamp";
  private static final String DOWN = "DL_bitrate";
  private static final String UP = "UL_bitrate";
  private static final List<String> PINGS =
      List.of("PINGAVG", "PINGMIN", "PINGMAX", "PINGSTDEV", "PINGLOSS");

  private UccReader() {}

  static boolean fits(Sample sample) {
    return sample.hasColumns(TIMESTAMP, DOWN, UP, "PINGAVG");
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    List<CsvRow> rows = CsvRow.read(file);
    Seconds seconds = new Seconds();
    for (CsvRow row : rows) {
      seconds.add(time(row), row);
    }
    RoundTrip roundTrip =
        seconds.rttTimes.isEmpty()
            ? RoundTrip.constant(options.rttSeconds())
            : RoundTrip.measured(Numbers.array(seconds.rttTimes), Numbers.array(seconds.rtts));
    Intervals intervals = seconds.intervals();
    return Origin.of(TraceFormat.UCC_5G, file, options)
        .trace(intervals, roundTrip, seconds.leftOut());
  }

  private static LocalDateTime time(CsvRow row) {
    try {
      return LocalDateTime.parse(row.text(TIMESTAMP), TIME);
    } catch (DateTimeParseException e) {
      throw row.bad(TIMESTAMP, "a time such as 2020.01.16_12.10.03 is needed");
    }
  }

  /** The second that is being read, and what came of those before. */
  private static final class Seconds {
    private final Intervals known = new Intervals();
    private final List<Double> rttTimes = new ArrayList<>();
    private final List<Double> rtts = new ArrayList<>();
    private Optional<LocalDateTime> start = Optional.empty();
    private double now;
    private double unknownUntil;
    private boolean pinged;
    private Optional<CsvRow> rates = Optional.empty();
    private Optional<CsvRow> lastRates = Optional.empty();
    private int merged;
    private int backwards;
    private int pings;

    void add(LocalDateTime time, CsvRow row) {
      LocalDateTime first = start.orElse(time);
      double seconds = Duration.between(first, time).toSeconds();
      if (seconds < now) {
        backwards++;
        return;
      }
      if (seconds > now) {
        close();
        now = seconds;
      } else if (start.isPresent()) {
        merged++;
      }
      start = Optional.of(first);
      if (PINGS.stream().anyMatch(column -> row.has(column) && !row.isMissing(column))) {
        ping(row);
      } else if (rates.isEmpty() && !row.isMissing(DOWN)) {
        rates = Optional.of(row);
      }
    }

    private void ping(CsvRow row) {
      pings++;
      pinged = true;
      if (!row.isMissing("PINGAVG")) {
        rttTimes.add(now);
        rtts.add(row.number("PINGAVG") / 1e3);
      }
    }

    private void close() {
      if (pinged || rates.isEmpty()) {
        unknownUntil = now;
      } else {
        carry(rates.get());
        lastRates = rates;
      }
      pinged = false;
      rates = Optional.empty();
    }

    /** The first second has no interval, nor has any before it. */
    Intervals intervals() {
      close();
      lastRates.ifPresent(this::carry); // a recording that ends with a ping
      return known;
    }

    private void carry(CsvRow row) {
      CsvRow before = lastRates.orElse(row);
      known.until(unknownUntil, mean(before, row), mean(before, row));
      known.until(now, mean(row, row), mean(row, row));
    }

    /** Bit/s. */
    private static double mean(CsvRow before, CsvRow after) {
      return (before.number(DOWN) + after.number(DOWN)) / 2 * 1e3;
    }

    String leftOut() {
      return "%d rows of the same second merged, %d pings without a rate, %d rows back in time"
          .formatted(merged, pings, backwards);
    }
  }
}
