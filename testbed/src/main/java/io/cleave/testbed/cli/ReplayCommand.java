package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.ExperimentRun;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.report.ReportPage;
import io.cleave.testbed.report.TerminalTable;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.site.SiteResults;
import io.cleave.testbed.site.SiteRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave replay}: from recorded networks to a comparison of planners. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Replays recorded networks and compares planners on them.",
    footer = {
      "",
      "Without FILE the default experiment runs. A file names only what it wants otherwise; the",
      "keys are explained in testbed/experiments/replay.yaml and docs/experiments.md."
    })
final class ReplayCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Experiment file (YAML).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; must not exist. By default runs/NAME-1, -2, ...")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds per cell, instead of the file's.")
  private Optional<String> seeds = Optional.empty();

  @Option(
      names = "--planner",
      paramLabel = "SPEC",
      description = "Only these planners, such as dads or \"cleave{hedge=0}\"; repeatable.")
  private List<String> planners = List.of();

  @Option(names = "--trace", paramLabel = "NAME", description = "Only these traces; repeatable.")
  private List<String> traces = List.of();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Only these networks, zoo:NAME or an ONNX file; repeatable.")
  private List<String> models = List.of();

  @Option(names = "--no-report", description = "Leave out report.html.")
  private boolean withoutReport;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PlannerCatalog catalog = PlannerCatalog.standard();
    Experiment experiment =
        file.map(path -> ExperimentFile.read(Shipped.file(path), changes(), catalog))
            .orElseGet(() -> ExperimentFile.standard(changes(), catalog));
    try (RunFolder folder = folder(experiment)) {
      PrintWriter terminal = spec.commandLine().getOut();
      if (experiment.site().crowd().isPresent()) {
        crowd(experiment, catalog, folder.guarded(), terminal);
        return;
      }
      Path run = replay(experiment, catalog, folder.guarded());
      terminal.println();
      TerminalTable.lines(run).forEach(terminal::println);
      terminal.println();
      terminal.println("Results: " + run);
      if (!withoutReport) {
        terminal.println("Report:  " + run.resolve("report.html"));
      }
      terminal.flush();
    }
  }

  private static void crowd(
      Experiment experiment, PlannerCatalog catalog, RunFolder folder, PrintWriter terminal) {
    SiteRun run = new SiteRun(experiment, catalog, folder);
    SiteResults results;
    try (Progress progress = progress(run.cells())) {
      results = run.run(Runtime.getRuntime().availableProcessors(), progress);
    }
    TextTable table = new TextTable(2);
    results.table().forEach(row -> table.row(row.toArray(String[]::new)));
    terminal.println();
    table.lines().forEach(terminal::println);
    terminal.println();
    terminal.println("Results: " + folder.publish());
    terminal.flush();
  }

  private RunFolder folder(Experiment experiment) {
    return out.map(RunFolder::at)
        .orElseGet(() -> RunFolder.next(Path.of("runs"), experiment.name()));
  }

  private Path replay(Experiment experiment, PlannerCatalog catalog, RunFolder folder) {
    ExperimentRun run = new ExperimentRun(experiment, catalog, folder);
    try (Progress progress = progress(run.cells())) {
      run.run(Runtime.getRuntime().availableProcessors(), progress);
    }
    if (!withoutReport) {
      ReportPage.write(folder.partial(), folder.shown());
    }
    return folder.publish();
  }

  static Progress progress(int cells) {
    // Set by the launcher; Java itself cannot tell on all versions.
    return Boolean.getBoolean("cleave.terminal")
        ? Progress.bar(cells)
        : Progress.lines(cells, System.err, System::nanoTime);
  }

  private Setting.Fields changes() {
    Map<String, Setting> values = new LinkedHashMap<>();
    seeds.ifPresent(n -> values.put("seeds", new Setting.Text("--seeds", n)));
    put(values, "planners", "--planner", planners);
    put(values, "traces", "--trace", traces.stream().map(ReplayCommand::absolute).toList());
    put(values, "models", "--model", models.stream().map(ReplayCommand::absolute).toList());
    return new Setting.Fields("the command line", values);
  }

  static void put(Map<String, Setting> values, String key, String option, List<String> given) {
    if (!given.isEmpty()) {
      values.put(key, Setting.Items.of(option, given));
    }
  }

  /** A file that is there is named from here, not from the experiment's folder. */
  static String absolute(String given) {
    return Files.isRegularFile(Path.of(given)) ? Path.of(given).toAbsolutePath().toString() : given;
  }
}
