package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.chart.ShortNumber;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cleave traces}: recorded networks, those built in and one's own. */
@Command(
    name = "traces",
    mixinStandardHelpOptions = true,
    description = "Lists, describes, imports and draws recorded networks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TraceListCommand.class,
      TraceFiguresCommand.class,
      TraceImportCommand.class,
      TracePlotCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  cleave traces list",
      "  cleave traces info norway-3g-bus",
      "  cleave traces import commute.up commute.down --as commute",
      "  cleave traces plot commute",
      "",
      "Imported recordings are kept in $$CLEAVE_HOME/traces, by default in",
      "~/.cleave/traces, and can be named wherever a built-in one can."
    })
final class TracesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A recording by its name or file; what is wrong with the name is the person's mistake. */
  static Trace trace(Recordings recordings, String nameOrFile, ReadingFlags flags) {
    boolean named = recordings.isBuiltIn(nameOrFile) || recordings.isImported(nameOrFile);
    if (named && flags.any()) {
      throw new UserError(
          "%s is a recording that is read already; options of reading are for files. Maybe ./%s?"
              .formatted(nameOrFile, nameOrFile));
    }
    try {
      return recordings.trace(nameOrFile, Path.of(""), flags.options());
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  /** What is odd about a recording, one line each, for the eyes of a person. */
  static void warn(PrintWriter err, Trace trace, ReadingFlags flags) {
    List<String> warnings = new ArrayList<>(TraceSummary.down(trace).warnings());
    if (trace.up() != trace.down()) {
      warnings.addAll(TraceSummary.up(trace).warnings());
    }
    boolean other = trace.roundTrip().at(0) != flags.options().rttSeconds();
    if (flags.givesRoundTrip() && (trace.roundTrip().isMeasured() || other)) {
      warnings.add("The recording holds its own round trip; --rtt-ms is not used.");
    }
    warnings.forEach(warning -> err.printf("cleave: warning: %s: %s%n", trace.name(), warning));
    err.flush();
  }

  static String seconds(double seconds) {
    return ShortNumber.of(seconds) + " s";
  }
}
