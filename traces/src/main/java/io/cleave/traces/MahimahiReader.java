package io.cleave.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Delivery schedules of the mahimahi emulator: a line is the millisecond of one chance to send one
 * packet of {@value #PACKET_BYTES} bytes; the last line is the period. Lines are counted in bins,
 * since a single millisecond says nothing about a rate. A partner ({@code .up} beside {@code
 * .down}) is the other direction, and both are cut to the shorter period: one clock.
 */
final class MahimahiReader {
  /** Of the emulator's source; its manual rounds to 1500. */
  static final int PACKET_BYTES = 1504;

  private static final String UP = ".up";
  private static final String DOWN = ".down";

  private MahimahiReader() {}

  static boolean fits(Sample sample) {
    return sample.numberColumns() == 1;
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    long[] own = schedule(file);
    Optional<Path> partner = partner(file);
    long[] other = partner.isPresent() ? schedule(partner.get()) : own;
    long period = Math.min(own[own.length - 1], other[other.length - 1]);
    double[] starts = binStarts(period, options.binSeconds());
    Capacity one = capacity(file, own, starts);
    Capacity two = partner.isPresent() ? capacity(partner.get(), other, starts) : one;
    boolean isUp = file.toString().endsWith(UP);
    Origin origin = Origin.of(TraceFormat.MAHIMAHI, file, options);
    return new Trace(
        origin.name(),
        origin.source(partner.map(path -> "with " + path.getFileName()).orElse("")),
        isUp ? one : two,
        isUp ? two : one,
        RoundTrip.constant(options.rttSeconds()));
  }

  private static Optional<Path> partner(Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.endsWith(UP) ? UP : name.endsWith(DOWN) ? DOWN : "";
    if (ending.isEmpty()) {
      return Optional.empty();
    }
    String stem = name.substring(0, name.length() - ending.length());
    Path partner = file.resolveSibling(stem + (ending.equals(UP) ? DOWN : UP));
    return Optional.of(partner).filter(Files::isRegularFile);
  }

  /** Milliseconds of all lines; refuses what the emulator itself refuses. */
  private static long[] schedule(Path file) throws IOException {
    long[] times = new long[1024];
    int count = 0;
    try (BufferedReader text = Files.newBufferedReader(file)) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
        }
        times[count] = millisecond(file, count + 1, line);
        if (count > 0 && times[count] < times[count - 1]) {
          throw bad(file, count + 1, line, "time goes backwards");
        }
        count++;
      }
    }
    if (count == 0) {
      throw bad(file, 1, "", "it is empty; a schedule has at least one line");
    }
    if (times[count - 1] == 0) {
      throw bad(file, count, "0", "the last line is the period and cannot be 0");
    }
    return Arrays.copyOf(times, count);
  }

  private static long millisecond(Path file, long number, String line) {
    String cell = line.strip();
    if (cell.isEmpty() || cell.length() > 12 || !cell.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(file, number, cell, "a whole number of milliseconds is needed on every line");
    }
    return Long.parseLong(cell);
  }

  private static TraceFormatException bad(Path file, long line, String value, String advice) {
    return new TraceFormatException(file.toString(), line, "column 1", value, advice);
  }

  /** Bins of equal length; a remainder under half a bin lengthens the last one. */
  private static double[] binStarts(long periodMillis, double binSeconds) {
    double period = periodMillis / 1e3;
    int bins = (int) Math.max(1, Math.round(period / binSeconds));
    double[] starts = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      starts[i] = Math.round(i * binSeconds * 1e3) / 1e3; // as exact as the schedule
    }
    starts[bins] = period;
    return starts;
  }

  private static Capacity capacity(Path file, long[] schedule, double[] starts) {
    double[] rates = new double[starts.length - 1];
    double period = starts[rates.length];
    for (long millisecond : schedule) {
      double time = millisecond / 1e3;
      if (time <= period) {
        rates[binOf(time, starts)] += 8 * PACKET_BYTES;
      }
    }
    if (Arrays.stream(rates).allMatch(bits -> bits == 0)) {
      throw new TraceFormatException(
          "%s: nothing can be sent in the %s s that it shares with its partner."
              .formatted(file, period));
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= starts[i + 1] - starts[i];
    }
    return new Capacity(starts, rates);
  }

  /** The bin in which a chance's millisecond ends; a chance at 0 belongs to the first one. */
  private static int binOf(double time, double[] starts) {
    int found = Arrays.binarySearch(starts, time);
    return Math.max(0, found >= 0 ? found - 1 : -found - 2);
  }
}
