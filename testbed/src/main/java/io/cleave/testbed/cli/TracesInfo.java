package io.cleave.testbed.cli;

import io.cleave.traces.Recording;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a trace is like, whether it has a name or is still a file. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Prints rate, spread, outages and round trip of a file or a named trace.")
final class TracesInfo implements Runnable {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|NAME",
      description =
          "a trace's name; or a file; for mahimahi both directions or what they share before .up"
              + " and .down; for Starlink iperf and ping")
  private List<String> arguments = new ArrayList<>();

  @Mixin private TraceArguments reading = new TraceArguments();
  @Mixin private TraceStore store = new TraceStore();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    TraceLibrary library = store.library();
    Optional<Recording> recording = reading.fromFiles(arguments, library);
    Trace trace = recording.isPresent() ? recording.get().trace() : library.trace(arguments.get(0));
    List<String> notes = new ArrayList<>();
    recording.ifPresent(read -> notes.add("format " + read.format().id()));
    recording.ifPresent(read -> notes.addAll(read.notes()));
    new TraceSheet(spec.commandLine().getOut()).print(trace, notes);
    TraceSheet.warn(trace, spec.commandLine().getErr());
  }
}
