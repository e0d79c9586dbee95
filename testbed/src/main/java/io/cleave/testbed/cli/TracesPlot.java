package io.cleave.testbed.cli;

import io.cleave.traces.Recording;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import io.cleave.traces.WholeFile;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a trace in the terminal and as a picture. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws the rate over time of a file or a named trace.")
final class TracesPlot implements Runnable {
  @Parameters(arity = "1..*", paramLabel = "FILE|NAME", description = "as for info")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "SVG",
      description = "the picture (default: the trace's name with .svg in the current folder)")
  private Optional<Path> picture = Optional.empty();

  @Mixin private TraceArguments reading = new TraceArguments();
  @Mixin private TraceStore store = new TraceStore();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    TraceLibrary library = store.library();
    Optional<Recording> recording = reading.fromFiles(arguments, library);
    Trace trace = recording.isPresent() ? recording.get().trace() : library.trace(arguments.get(0));
    Path file = picture.orElseGet(() -> Path.of(trace.name() + ".svg"));
    WholeFile.write(file, TraceSvg.of(trace));
    TerminalChart chart = TerminalChart.forCharset(Charset.defaultCharset());
    out.println(chart.draw(trace.oneWay() ? "both directions" : "down", trace.down()));
    if (!trace.oneWay()) {
      out.println(chart.draw("up", trace.up()));
    }
    out.println("picture: " + file);
    out.flush();
  }
}
