package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.chart.BlockChart;
import io.cleave.testbed.chart.TraceSvg;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.traces.Trace;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave traces plot}: one recording as a picture and in the terminal. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws a recording in the terminal and as an SVG picture.",
    footer = {
      "",
      "The picture is NAME.svg in the current folder unless --out says otherwise; one",
      "that is there is replaced. Any browser shows it, light or dark as the system",
      "is.",
      "",
      "Examples:",
      "  cleave traces plot norway-3g-bus",
      "  cleave traces plot commute.down --out pictures/commute.svg"
    })
final class TracePlotCommand implements Runnable {
  @Parameters(paramLabel = "FILE|NAME", description = "A file, or a name that list shows.")
  private String recording = "";

  @Option(names = "--out", paramLabel = "FILE.svg", description = "Where the picture goes.")
  private Optional<Path> out = Optional.empty();

  @Mixin private ReadingFlags flags = new ReadingFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Trace trace = TracesCommand.trace(Recordings.ofUser(), recording, flags);
    Path picture = out.orElseGet(() -> Path.of(trace.name() + ".svg"));
    if (!picture.toString().endsWith(".svg")) {
      throw new UserError("%s: the picture is an SVG; use a name that ends so.".formatted(picture));
    }
    WholeFiles.write(picture, text -> TraceSvg.write(trace, text));
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(trace.name());
    boolean blocks = Charset.defaultCharset().newEncoder().canEncode('█');
    new BlockChart(blocks).lines(trace).forEach(terminal::println);
    terminal.println();
    terminal.println("Picture: " + picture.toAbsolutePath().normalize());
    terminal.flush();
    TracesCommand.warn(spec.commandLine().getErr(), trace, flags);
  }
}
