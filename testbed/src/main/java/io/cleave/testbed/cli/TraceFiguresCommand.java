package io.cleave.testbed.cli;

import static io.cleave.testbed.cli.TracesCommand.seconds;

import io.cleave.testbed.chart.ShortNumber;
import io.cleave.testbed.tracestore.Provenance;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.testbed.tracestore.RoundTripFigures;
import io.cleave.testbed.tracestore.TraceStore;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.Split;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFormat;
import io.cleave.traces.TraceSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave traces info}: one recording in figures. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Shows a recording's figures, and warns where they look wrong.",
    footer = {
      "",
      "Examples:",
      "  cleave traces info belgium-4g-tram",
      "  cleave traces info drive.txt --unit kbps --rtt-ms 40",
      "  cleave traces info commute.down       (with commute.up, if it lies beside it)"
    })
final class TraceFiguresCommand implements Runnable {
  @Parameters(paramLabel = "FILE|NAME", description = "A file, or a name that list shows.")
  private String recording = "";

  @Mixin private ReadingFlags flags = new ReadingFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Recordings recordings = Recordings.ofUser();
    Trace trace = TracesCommand.trace(recordings, recording, flags);
    PrintWriter out = spec.commandLine().getOut();
    boolean both = trace.up() != trace.down();
    out.println(trace.name());
    line(out, "source", trace.source());
    origin(out, recordings, trace);
    line(out, "duration", seconds(trace.periodSeconds()) + ", then it repeats");
    line(out, "directions", both ? "down and up" : "one was recorded; it serves for both");
    out.println();
    figures(trace, both).lines().forEach(out::println);
    out.flush();
    TracesCommand.warn(spec.commandLine().getErr(), trace, flags);
  }

  private void origin(PrintWriter out, Recordings recordings, Trace trace) {
    if (recordings.isBuiltIn(recording)) {
      line(out, "format", "built in: means of two seconds");
      line(out, "split", Split.of(recording).name().toLowerCase(Locale.ROOT));
      line(out, "round trip", roundTrip(trace, "given for its kind of network", 0));
    } else if (recordings.isImported(recording)) {
      Provenance origin = TraceStore.ofUser().provenance(recording);
      line(out, "format", "imported from %s, %s".formatted(origin.format(), origin.unit()));
      origin.originals().forEach(o -> line(out, "original", o.file() + ", SHA-256 " + o.sha256()));
      line(out, "round trip", roundTrip(trace, "given at import", origin.rttSamples()));
    } else {
      ReadOptions options = flags.options();
      TraceFormat format = options.format().orElseGet(() -> TraceFormat.sniff(Path.of(recording)));
      String unit = options.unit().map(u -> u.label()).orElse(format.unit());
      line(out, "format", "%s, %s".formatted(format.id(), unit));
      line(out, "round trip", roundTrip(trace, constant(trace), trace.roundTrip().samples()));
    }
  }

  private String constant(Trace trace) {
    double seconds = trace.roundTrip().at(0);
    if (seconds != flags.options().rttSeconds()) {
      return "as the file says, not measured";
    }
    return flags.givesRoundTrip() ? "given" : "assumed; --rtt-ms gives another";
  }

  private static String roundTrip(Trace trace, String constant, int samples) {
    RoundTripFigures rtt = RoundTripFigures.of(trace);
    return trace.roundTrip().isMeasured()
        ? "measured, %s ms on average, %s to %s ms, %d samples"
            .formatted(
                ShortNumber.of(rtt.meanMillis()),
                ShortNumber.of(rtt.minMillis()),
                ShortNumber.of(rtt.maxMillis()),
                samples)
        : "%s ms, %s".formatted(ShortNumber.of(rtt.meanMillis()), constant);
  }

  private static TextTable figures(Trace trace, boolean both) {
    TraceSummary down = TraceSummary.down(trace);
    TraceSummary up = TraceSummary.up(trace);
    TextTable table = new TextTable(1);
    table.row("", "mean", "deviation", "CV", "min", "max", "outage", "silent", "step", "steps");
    table.row("", "Mbit/s", "Mbit/s", "", "Mbit/s", "Mbit/s", "longest", "share", "median", "");
    row(table, both ? "down" : "both", down);
    if (both) {
      row(table, "up", up);
    }
    return table;
  }

  private static void row(TextTable table, String direction, TraceSummary summary) {
    table.row(
        direction,
        ShortNumber.of(summary.meanMbps()),
        ShortNumber.of(summary.deviationMbps()),
        ShortNumber.of(summary.variation()),
        ShortNumber.of(summary.minMbps()),
        ShortNumber.of(summary.maxMbps()),
        seconds(summary.longestOutageSeconds()),
        ShortNumber.of(100 * summary.zeroShare()) + " %",
        seconds(summary.medianStepSeconds()),
        String.valueOf(summary.steps()));
  }

  private static void line(PrintWriter out, String title, String text) {
    out.printf("  %-12s%s%n", title, text);
  }
}
