package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.traces.OwnCsv;
import io.cleave.traces.Recording;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a recording a name: checks it and writes it to the store in our own format. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Reads a recording and keeps it under a name that works like a built-in one.")
final class TracesImport implements Runnable {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "the recording; for mahimahi both directions or what they share before .up and .down;"
              + " for Starlink iperf and ping")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "lower-case letters, digits, dots, dashes")
  private String name = "";

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      description = "who recorded it (default: the files' names)")
  private Optional<String> source = Optional.empty();

  @Option(names = "--replace", description = "replace an imported trace of this name")
  private boolean replace;

  @Mixin private TraceArguments reading = new TraceArguments();
  @Mixin private TraceStore store = new TraceStore();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Path target = target();
    Recording recording = reading.read(name, files);
    Trace read = recording.trace();
    Trace trace =
        new Trace(name, source.orElse(read.source()), read.up(), read.down(), read.roundTrip());
    OwnCsv.write(trace, target);
    new TraceSheet(spec.commandLine().getOut()).print(trace, recording.notes());
    spec.commandLine().getOut().printf("imported as %s: %s%n", name, target);
    spec.commandLine().getOut().flush();
    TraceSheet.warn(trace, spec.commandLine().getErr());
  }

  private Path target() {
    if (!NAME.matcher(name).matches()) {
      throw new UserError(
          "a trace's name needs lower-case letters, digits, dots and dashes, at most 64, not '%s'."
              .formatted(name));
    }
    if (TraceLibrary.builtIn().contains(name)) {
      throw new UserError("'%s' is a built-in trace; choose another name.".formatted(name));
    }
    Path target = store.folder().resolve(name + ".csv");
    if (Files.exists(target) && !replace) {
      throw new UserError(
          "there is a trace '%s' already. Maybe --replace is meant.".formatted(name));
    }
    return target;
  }
}
