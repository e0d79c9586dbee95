package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.traces.RateUnit;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.TraceFormat;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a person wants a file to be read; recordings that have a name are read already. */
final class ReadingFlags {
  @Option(
      names = "--format",
      paramLabel = "ID",
      description = "What the file is, instead of what its content looks like.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "mbps|kbps",
      description = "What the rates of a two-column text count, where it is not as documented.")
  private Optional<RateUnit> unit = Optional.empty();

  @Option(
      names = "--rtt-ms",
      paramLabel = "N",
      description = "Round-trip time in milliseconds, where the file holds none (else 50).")
  private Optional<Double> rttMillis = Optional.empty();

  @Option(
      names = "--bin-ms",
      paramLabel = "N",
      description = "Step in milliseconds that a mahimahi schedule is counted in (else 100).")
  private Optional<Double> binMillis = Optional.empty();

  @Option(
      names = "--session",
      paramLabel = "N",
      description = "Which session of a Starlink recording, from 1 (else the longest).")
  private Optional<Integer> session = Optional.empty();

  boolean any() {
    return format.isPresent()
        || unit.isPresent()
        || rttMillis.isPresent()
        || binMillis.isPresent()
        || session.isPresent();
  }

  boolean givesRoundTrip() {
    return rttMillis.isPresent();
  }

  ReadOptions options() {
    try {
      ReadOptions plain = ReadOptions.defaults();
      return new ReadOptions(
          Optional.empty(),
          format.map(TraceFormat::byId),
          unit,
          rttMillis.map(ms -> ms / 1e3).orElse(plain.rttSeconds()),
          binMillis.map(ms -> ms / 1e3).orElse(plain.binSeconds()),
          session.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }
}
