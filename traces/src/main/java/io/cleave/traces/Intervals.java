package io.cleave.traces;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Intervals in the order of time, on the way to a trace. The clock begins at 0. */
final class Intervals {
  private final List<Double> ends = new ArrayList<>(List.of(0.0));
  private final List<Double> up = new ArrayList<>();
  private final List<Double> down = new ArrayList<>();

  double endSeconds() {
    return ends.get(ends.size() - 1);
  }

  int size() {
    return up.size();
  }

  /** The same rate in both directions from the last end until this one. */
  void until(double end, double bitsPerSecond) {
    until(end, bitsPerSecond, bitsPerSecond);
  }

  /**
   * Rates in bit/s from the last end until this one. An interval without length is left out: two
   * rows of one time are one.
   *
   * @param end seconds; the caller has checked that time does not go backwards
   */
  void until(double end, double upRate, double downRate) {
    if (end > endSeconds()) {
      ends.add(end);
      up.add(upRate);
      down.add(downRate);
    }
  }

  /**
   * The trace.
   *
   * @param file as the user named it, for messages
   */
  Trace trace(String file, String name, String source, RoundTrip roundTrip) {
    if (up.isEmpty()) {
      throw new TraceFormatException(
          "%s: no interval of time in it; a recording needs at least one.".formatted(file));
    }
    double[] starts = Numbers.array(ends);
    double[] uplink = Numbers.array(up);
    double[] downlink = Numbers.array(down);
    Capacity toDevice = capacity(file, "downlink", starts, downlink);
    Capacity fromDevice =
        Arrays.equals(uplink, downlink) ? toDevice : capacity(file, "uplink", starts, uplink);
    return new Trace(name, source, fromDevice, toDevice, roundTrip);
  }

  private static Capacity capacity(String file, String direction, double[] starts, double[] rates) {
    if (Arrays.stream(rates).allMatch(rate -> rate == 0)) {
      throw new TraceFormatException(
          "%s: the %s carries nothing from start to end: a transfer would never end."
              .formatted(file, direction));
    }
    return new Capacity(starts, rates);
  }
}
