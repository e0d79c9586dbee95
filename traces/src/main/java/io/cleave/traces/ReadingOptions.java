package io.cleave.traces;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a person may say about a recording before it is read.
 *
 * @param format given instead of found from the columns
 * @param unit of the rates, where the format leaves it open
 * @param roundTripSeconds instead of what the recording says
 * @param binMillis width in which a schedule of single packets becomes a rate, 1 to 10,000
 * @param session only this stretch, counted from 1; otherwise all of them end to end
 */
public record ReadingOptions(
    Optional<TraceFormat> format,
    Optional<RateUnit> unit,
    OptionalDouble roundTripSeconds,
    int binMillis,
    OptionalInt session) {
  /** Nothing said. */
  public static final ReadingOptions DEFAULT =
      new ReadingOptions(
          Optional.empty(), Optional.empty(), OptionalDouble.empty(), 100, OptionalInt.empty());

  public ReadingOptions {
    if (binMillis < 1 || binMillis > 10_000) {
      throw new IllegalArgumentException(
          "A bin must last 1 to 10000 ms, not %d.".formatted(binMillis));
    }
    double seconds = roundTripSeconds.orElse(0);
    if (!(seconds >= 0) || seconds > 60) {
      throw new IllegalArgumentException(
          "A round-trip time must be 0 to 60 s, not %s.".formatted(seconds));
    }
  }

  public ReadingOptions withFormat(TraceFormat given) {
    return new ReadingOptions(Optional.of(given), unit, roundTripSeconds, binMillis, session);
  }

  public ReadingOptions withUnit(RateUnit given) {
    return new ReadingOptions(format, Optional.of(given), roundTripSeconds, binMillis, session);
  }

  public ReadingOptions withRoundTripSeconds(double seconds) {
    return new ReadingOptions(format, unit, OptionalDouble.of(seconds), binMillis, session);
  }

  public ReadingOptions withBinMillis(int millis) {
    return new ReadingOptions(format, unit, roundTripSeconds, millis, session);
  }

  public ReadingOptions withSession(int number) {
    return new ReadingOptions(format, unit, roundTripSeconds, binMillis, OptionalInt.of(number));
  }
}
