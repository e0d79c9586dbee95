package io.cleave.testbed.tracestore;

import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;

/**
 * A trace's round trip in figures.
 *
 * @param meanMillis over time, so that it does not depend on how often a value is written down
 * @param samples how many there are; 1 for a constant
 */
public record RoundTripFigures(double meanMillis, double minMillis, double maxMillis, int samples) {
  public static RoundTripFigures of(Trace trace) {
    RoundTrip rtt = trace.roundTrip();
    double period = trace.periodSeconds();
    double weighted = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    for (int i = 0; i < rtt.samples(); i++) {
      double from =
          i == 0 ? 0 : Math.min(period, rtt.timeSeconds(i)); // the first holds before, too
      double until = i + 1 < rtt.samples() ? Math.min(period, rtt.timeSeconds(i + 1)) : period;
      double millis = 1e3 * rtt.at(rtt.timeSeconds(i));
      weighted += millis * (until - from);
      min = Math.min(min, millis);
      max = Math.max(max, millis);
    }
    return new RoundTripFigures(weighted / period, min, max, rtt.samples());
  }
}
