package io.cleave.testbed.cli;

import static io.cleave.testbed.cli.TracesCommand.seconds;

import io.cleave.testbed.chart.ShortNumber;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.traces.Split;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFormatException;
import io.cleave.traces.TraceSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cleave traces list}: every recording that has a name. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the built-in and the imported recordings.",
    footer = {
      "",
      "Rates are means over time in Mbit/s; an outage is a time under 0.1 Mbit/s.",
      "A learner may see the train split, tune on validation, and is judged on test.",
      "",
      "Example:",
      "  cleave traces list"
    })
final class TraceListCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Recordings recordings = Recordings.ofUser();
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable(2);
    List<String> sources = new ArrayList<>();
    table.row("name", "split", "length", "down Mbit/s", "up Mbit/s", "longest outage", "source");
    for (String name : recordings.names()) {
      try {
        Trace trace = recordings.trace(name);
        String split =
            recordings.isBuiltIn(name)
                ? Split.of(name).name().toLowerCase(Locale.ROOT)
                : "imported";
        row(table, trace, split, sources);
      } catch (TraceFormatException e) {
        // One broken file must not hide the others.
        spec.commandLine().getErr().printf("cleave: warning: %s%n", e.getMessage());
      }
    }
    table.lines().forEach(out::println);
    out.println();
    for (int i = 0; i < sources.size(); i++) {
      out.printf("[%d] %s%n", i + 1, sources.get(i));
    }
    out.flush();
  }

  private static void row(TextTable table, Trace trace, String split, List<String> sources) {
    if (!sources.contains(trace.source())) {
      sources.add(trace.source());
    }
    TraceSummary down = TraceSummary.down(trace);
    TraceSummary up = TraceSummary.up(trace);
    table.row(
        trace.name(),
        split,
        seconds(trace.periodSeconds()),
        ShortNumber.of(down.meanMbps()),
        trace.up() == trace.down() ? "as down" : ShortNumber.of(up.meanMbps()),
        seconds(Math.max(down.longestOutageSeconds(), up.longestOutageSeconds())),
        "[%d]".formatted(sources.indexOf(trace.source()) + 1));
  }
}
