package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.report.ReportPage;
import io.cleave.testbed.report.TerminalTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave report}: draws a run's page again without running anything. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Prints a run's table and writes its report.html again, from its CSV files.")
final class ReportCommand implements Runnable {
  @Parameters(paramLabel = "RUN", description = "Folder that a replay has written.")
  private Path run = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    if (!Files.isRegularFile(run.resolve("overall.csv"))) {
      throw new UserError(
          "%s is no folder of a run: there is no overall.csv in it.".formatted(run));
    }
    ReportPage.write(run, run);
    PrintWriter terminal = spec.commandLine().getOut();
    TerminalTable.lines(run).forEach(terminal::println);
    terminal.println();
    terminal.println("Report:  " + run.resolve("report.html"));
    terminal.flush();
  }
}
