package io.cleave.testbed.cli;

import static io.cleave.testbed.cli.TracesCommand.seconds;

import io.cleave.testbed.UserError;
import io.cleave.testbed.chart.ShortNumber;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.testbed.tracestore.TraceImport;
import io.cleave.testbed.tracestore.TraceStore;
import io.cleave.traces.Trace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave traces import}: keeps a recording under a name of one's own. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Reads recordings and keeps them under a name.",
    footer = {
      "",
      "A mahimahi pair X.up and X.down is one recording. Several recordings are",
      "called NAME-1, NAME-2, ... in the order of the files. Nothing is kept unless",
      "all can be read.",
      "",
      "Examples:",
      "  cleave traces import commute.up commute.down --as commute",
      "  cleave traces import drive.txt --as drive --unit kbps --rtt-ms 40",
      "  cleave traces import report_*.json --as tram --source \"Ghent 4G logs\""
    })
final class TraceImportCommand implements Runnable {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings in any known format.")
  private List<Path> files = List.of();

  @Option(names = "--as", required = true, paramLabel = "NAME", description = "The new name.")
  private String name = "";

  @Option(names = "--source", paramLabel = "TEXT", description = "Who recorded it, and where.")
  private Optional<String> source = Optional.empty();

  @Option(names = "--force", description = "Replace an imported recording of this name.")
  private boolean force;

  @Mixin private ReadingFlags flags = new ReadingFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Recordings recordings = Recordings.ofUser();
    TraceStore store = TraceStore.ofUser();
    checkFree(recordings, store, name);
    List<TraceImport> imports = TraceImport.read(files, name, source, flags.options());
    imports.forEach(each -> checkFree(recordings, store, each.name()));
    PrintWriter out = spec.commandLine().getOut();
    for (TraceImport each : imports) {
      store.put(each.name(), each.trace(), each.provenance());
      out.println(sentence(each.trace()) + " -> " + store.csv(each.name()));
    }
    out.flush();
    imports.forEach(each -> TracesCommand.warn(spec.commandLine().getErr(), each.trace(), flags));
  }

  private void checkFree(Recordings recordings, TraceStore store, String wanted) {
    if (recordings.isBuiltIn(wanted)) {
      throw new UserError("%s is built in; use another name.".formatted(wanted));
    }
    store.checkFree(wanted, force);
  }

  private static String sentence(Trace trace) {
    String down = ShortNumber.of(trace.down().meanBitsPerSecond() / 1e6);
    String up = ShortNumber.of(trace.up().meanBitsPerSecond() / 1e6);
    return "%s: %s, %s Mbit/s"
        .formatted(
            trace.name(),
            seconds(trace.periodSeconds()),
            trace.up() == trace.down() ? down : down + " down and " + up + " up");
  }
}
