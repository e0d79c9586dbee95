package io.cleave.testbed.cli;

import io.cleave.traces.CapacityFigures;
import io.cleave.traces.Split;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints one line for each trace that has a name. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the built-in traces with their split, and the imported ones.")
final class TracesList implements Runnable {
  private static final String ROW = "%-26s %-10s %8s %9s %9s %9s %7s  %s%n";

  @Mixin private TraceStore store = new TraceStore();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    TraceLibrary library = store.library();
    out.printf(
        Locale.ROOT,
        ROW,
        "name",
        "split",
        "length s",
        "down Mb/s",
        "up Mb/s",
        "outage s",
        "RTT ms",
        "source");
    for (String name : library.names()) {
      Trace trace = library.trace(name);
      CapacityFigures down = CapacityFigures.of(trace.down());
      out.printf(
          Locale.ROOT,
          ROW,
          name,
          library.split(name).map(TracesList::lower).orElse("imported"),
          number("%.0f", trace.periodSeconds()),
          number("%.2f", down.meanMbps()),
          trace.oneWay() ? "as down" : number("%.2f", CapacityFigures.of(trace.up()).meanMbps()),
          number("%.1f", down.longestOutageSeconds()),
          number("%.0f", trace.roundTrip().meanSeconds() * 1e3),
          trace.source());
    }
    out.flush();
  }

  private static String lower(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
