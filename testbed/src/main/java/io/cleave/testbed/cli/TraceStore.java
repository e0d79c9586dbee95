package io.cleave.testbed.cli;

import io.cleave.testbed.CleaveHome;
import io.cleave.traces.TraceLibrary;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The folder of imported traces, as an option of every command that knows traces by name. */
final class TraceStore {
  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = "where imported traces are (default: traces in $$CLEAVE_HOME or ~/.cleave)")
  private Optional<Path> folder = Optional.empty();

  Path folder() {
    return folder.orElseGet(CleaveHome::traces);
  }

  TraceLibrary library() {
    return TraceLibrary.builtIn().with(folder());
  }
}
