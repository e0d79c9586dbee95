package io.cleave.testbed.cli;

import io.cleave.traces.Capacity;
import io.cleave.traces.CapacityFigures;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The figures of a trace as a person reads them. */
final class TraceSheet {
  private static final double POOLED_SECONDS = 1;

  private final PrintWriter out;

  TraceSheet(PrintWriter out) {
    this.out = out;
  }

  void print(Trace trace, List<String> notes) {
    say("%s: %.3f s, then again from the start", trace.name(), trace.periodSeconds());
    say("source: %s", trace.source());
    say("rates in Mbit/s; an outage is a run of steps under 0.1 Mbit/s");
    say(
        "%-15s %9s %9s %6s %9s %9s %9s %8s %7s",
        "direction", "mean", "deviation", "CV", "min", "max", "outage s", "step s", "steps");
    direction(trace.oneWay() ? "down = up" : "down", trace.down());
    if (!trace.oneWay()) {
      direction("up", trace.up());
    }
    say("round trip: %s", roundTrip(trace.roundTrip()));
    notes.forEach(note -> say("note: %s", note));
    out.flush();
  }

  /** Doubts about the unit, one line each, to the other stream. */
  static void warn(Trace trace, PrintWriter err) {
    CapacityFigures.of(trace.down())
        .unitDoubt()
        .ifPresent(doubt -> err.printf("cleave: warning: %s: %s%n", trace.name(), doubt));
    if (!trace.oneWay()) {
      CapacityFigures.of(trace.up())
          .unitDoubt()
          .ifPresent(doubt -> err.printf("cleave: warning: %s, up: %s%n", trace.name(), doubt));
    }
    err.flush();
  }

  private void direction(String name, Capacity capacity) {
    CapacityFigures figures = CapacityFigures.of(capacity);
    row(name, figures);
    if (figures.medianStepSeconds() < POOLED_SECONDS) {
      row("  over 1-s bins", CapacityFigures.of(capacity.pooled(POOLED_SECONDS)));
    }
  }

  private void row(String name, CapacityFigures figures) {
    say(
        "%-15s %9.3f %9.3f %6.2f %9.3f %9.3f %9.1f %8.3f %7d",
        name,
        figures.meanMbps(),
        figures.deviationMbps(),
        figures.variation(),
        figures.minMbps(),
        figures.maxMbps(),
        figures.longestOutageSeconds(),
        figures.medianStepSeconds(),
        figures.steps());
  }

  private static String roundTrip(RoundTrip rtt) {
    return rtt.isMeasured()
        ? String.format(
            Locale.ROOT, "%.1f ms on average, %d measured", rtt.meanSeconds() * 1e3, rtt.samples())
        : String.format(Locale.ROOT, "%.1f ms, a constant", rtt.at(0) * 1e3);
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.println();
  }
}
