package io.cleave.traces;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a recording is read.
 *
 * @param name of the trace; without one the file's name
 * @param format forced; without one it is told from the content
 * @param unit of the rates of a two-column text; without one the format's documented unit
 * @param rttSeconds round trip of a recording that holds none; {@value #DEFAULT_RTT_SECONDS} s is
 *     what 4G is taken for in the built-in library
 * @param binSeconds length of the steps that a mahimahi schedule is counted in; rates of single
 *     milliseconds mean nothing, 0.1 s is about the shortest that does
 * @param session of a Starlink recording from 1; without one the longest
 */
public record ReadOptions(
    Optional<String> name,
    Optional<TraceFormat> format,
    Optional<RateUnit> unit,
    double rttSeconds,
    double binSeconds,
    OptionalInt session) {
  public static final double DEFAULT_RTT_SECONDS = 0.05;
  public static final double DEFAULT_BIN_SECONDS = 0.1;

  public ReadOptions {
    if (!(rttSeconds >= 0) || Double.isInfinite(rttSeconds)) {
      throw new IllegalArgumentException(
          "A round-trip time must be finite and at least 0 s, not %s.".formatted(rttSeconds));
    }
    if (!(binSeconds >= 0.001) || Double.isInfinite(binSeconds)) {
      throw new IllegalArgumentException(
          "A bin must be finite and at least 0.001 s, not %s. Maybe it was meant in milliseconds."
              .formatted(binSeconds));
    }
    if (session.isPresent() && session.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Sessions count from 1, not %d.".formatted(session.getAsInt()));
    }
  }

  public static ReadOptions defaults() {
    return new ReadOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_RTT_SECONDS,
        DEFAULT_BIN_SECONDS,
        OptionalInt.empty());
  }

  public ReadOptions withName(String given) {
    return new ReadOptions(Optional.of(given), format, unit, rttSeconds, binSeconds, session);
  }

  public ReadOptions withFormat(TraceFormat given) {
    return new ReadOptions(name, Optional.of(given), unit, rttSeconds, binSeconds, session);
  }

  public ReadOptions withUnit(RateUnit given) {
    return new ReadOptions(name, format, Optional.of(given), rttSeconds, binSeconds, session);
  }

  public ReadOptions withRttSeconds(double given) {
    return new ReadOptions(name, format, unit, given, binSeconds, session);
  }

  public ReadOptions withBinSeconds(double given) {
    return new ReadOptions(name, format, unit, rttSeconds, given, session);
  }

  public ReadOptions withSession(int given) {
    return new ReadOptions(name, format, unit, rttSeconds, binSeconds, OptionalInt.of(given));
  }
}
