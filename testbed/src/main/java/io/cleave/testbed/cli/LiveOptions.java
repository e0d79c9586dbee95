package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.ExperimentRun;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.live.Narrator;
import io.cleave.testbed.live.RealWorld;
import io.cleave.testbed.live.SiteAccount;
import io.cleave.testbed.live.Stop;
import io.cleave.testbed.report.ReportPage;
import io.cleave.testbed.report.TerminalTable;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is run live, and its course from the experiment to the results. */
final class LiveOptions {
  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Experiment file (YAML).")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--trace", paramLabel = "NAME", description = "Recorded network to run over.")
  private Optional<String> trace = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Network to run: zoo:NAME or an ONNX file.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--method",
      paramLabel = "SPEC",
      description = "Who plans, such as dads or \"cleave{hedge=0}\".")
  private Optional<String> method = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long frames come in; by default until Ctrl-C.")
  private Optional<String> seconds = Optional.empty();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the dashboard; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; must not exist. By default runs/NAME-1, -2, ...")
  private Optional<Path> out = Optional.empty();

  /** Makes the world that an experiment is run in. */
  interface Founding {
    /**
     * @param logs folder for the programs' logs
     * @param stop ends the world
     */
    RealWorld world(Experiment experiment, Path logs, Narrator narrator, Stop stop);

    /** Runs a site with many devices, which is no world of cells. */
    SiteAccount site(Experiment experiment, RunFolder folder, Narrator narrator, Stop stop);
  }

  /** The port of the dashboard, if it is free now: better to say so before anything is started. */
  int port() {
    return free(port);
  }

  /** True if frames come until somebody ends the run. */
  boolean open() {
    return seconds.isEmpty();
  }

  /** Runs it, writes the results and tells where they are. */
  void run(Founding founding, PrintWriter terminal) {
    PlannerCatalog catalog = PlannerCatalog.standard();
    Experiment experiment =
        file.map(path -> ExperimentFile.read(Shipped.file(path), changes(), catalog))
            .orElseGet(() -> ExperimentFile.packed("live", changes(), catalog));
    boolean crowd = experiment.site().crowd().isPresent();
    if (!crowd) {
      checkOneCell(experiment);
    }
    Narrator narrator = new Narrator(terminal, Boolean.getBoolean("cleave.terminal"));
    try (Stop stop = Stop.onShutdown();
        RunFolder folder =
            out.map(RunFolder::at)
                .orElseGet(() -> RunFolder.next(Path.of("runs"), experiment.name()))) {
      if (crowd) {
        SiteAccount account = founding.site(experiment, folder, narrator, stop);
        say(account, folder.publish(), terminal);
        return;
      }
      RealWorld world = founding.world(experiment, folder.file("logs"), narrator, stop);
      new ExperimentRun(experiment, catalog, world, folder).run(1, Progress.silent());
      ReportPage.write(folder.partial(), folder.shown());
      Path run = folder.publish();
      terminal.println();
      TerminalTable.lines(run).forEach(terminal::println);
      terminal.println();
      experiment.cells().forEach(cell -> world.energy(cell).ifPresent(terminal::println));
      terminal.println();
      terminal.println("Results: " + run);
      terminal.println("Report:  " + run.resolve("report.html"));
      terminal.flush();
    } catch (Stop.Asked early) {
      narrator.say("Stopped before a frame came in; there are no results.");
    }
  }

  private static void say(SiteAccount account, Path run, PrintWriter terminal) {
    TextTable table = new TextTable(1);
    account.table().forEach(row -> table.row(row.toArray(String[]::new)));
    terminal.println();
    table.lines().forEach(terminal::println);
    terminal.println();
    account.sentences().forEach(terminal::println);
    terminal.println();
    terminal.println("Results: " + run);
    terminal.flush();
  }

  private static void checkOneCell(Experiment experiment) {
    long real =
        (experiment.contest().planners().size() - 1L)
            * experiment.inputs().networks().size()
            * experiment.inputs().traces().size()
            * experiment.contest().seeds();
    if (real != 1) {
      throw new UserError(
          "A live run is of one network, one trace, one method and one seed; this one would be %d runs. Maybe use: cleave compare"
              .formatted(real));
    }
  }

  /** Better to say so before anything is started. */
  static int free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port ? port : 0;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Port %d is not free: %s. Maybe choose another by --port, or 0 for any free one."
              .formatted(port, e.getMessage()));
    }
  }

  private Setting.Fields changes() {
    Map<String, Setting> values = new LinkedHashMap<>();
    trace.ifPresent(name -> values.put("traces", text("--trace", ReplayCommand.absolute(name))));
    model.ifPresent(name -> values.put("models", text("--model", ReplayCommand.absolute(name))));
    method.ifPresent(name -> values.put("planners", text("--method", name)));
    seconds.ifPresent(n -> values.put("seconds", text("--seconds", n)));
    return new Setting.Fields("the command line", values);
  }

  private static Setting text(String option, String value) {
    return new Setting.Text(option, value);
  }
}
