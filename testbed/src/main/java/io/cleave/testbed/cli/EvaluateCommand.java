package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.Progress;
import io.cleave.testbed.learn.Deployment;
import io.cleave.testbed.learn.Evaluation;
import io.cleave.testbed.learn.Verdict;
import io.cleave.testbed.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave evaluate}: what the learned policy is worth where it has never been. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Judges the learned policy on recordings that no learner has seen.",
    footer = {
      "",
      "One device as in ./cleave replay, a site of 20 devices and one of 200, all over the library's",
      "test recordings. Regret is against the oracle, who at sites knows what others have begun, not",
      "what they will. Differences are paired by trace and seed, with a 95 % confidence interval. The",
      "gap is that between the best published planner and the oracle, over traces on which it is above",
      "2 %; at sites all traces are mixed.",
      "Kinds of plan: local / split / split, hedged / all remote / all remote, hedged."
    })
final class EvaluateCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "What is to be otherwise (YAML), as an experiment file says it.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "Only these: one, site-20, site-200; repeatable.")
  private List<String> deployments = List.of();

  @Option(names = "--seeds", paramLabel = "N", description = "Seeds per trace (default: 5).")
  private Optional<String> seeds = Optional.empty();

  @Option(
      names = "--planner",
      paramLabel = "SPEC",
      description = "Only these planners, a published one among them; repeatable.")
  private List<String> planners = List.of();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Only these networks, zoo:NAME or an ONNX file; repeatable.")
  private List<String> models = List.of();

  @Option(names = "--trace", paramLabel = "NAME", description = "Only these traces; repeatable.")
  private List<String> traces = List.of();

  @Option(names = "--out", paramLabel = "FILE", description = "Writes the tables as CSV, too.")
  private Optional<Path> out = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PlannerCatalog catalog = PlannerCatalog.standard();
    List<Evaluation> evaluations =
        deployments().stream()
            .map(each -> new Evaluation(each, experiment(each, catalog), catalog))
            .toList();
    PrintWriter terminal = spec.commandLine().getOut();
    List<Verdict> verdicts = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      try (Progress progress = ReplayCommand.progress(evaluation.runs())) {
        verdicts.addAll(evaluation.run(Runtime.getRuntime().availableProcessors(), progress));
      }
    }
    verdicts.forEach(verdict -> print(verdict, terminal));
    terminal.flush();
    out.ifPresent(file -> write(file, verdicts));
  }

  private List<Deployment> deployments() {
    return deployments.isEmpty()
        ? List.of(Deployment.values())
        : deployments.stream().map(Deployment::byId).toList();
  }

  private Experiment experiment(Deployment deployment, PlannerCatalog catalog) {
    String name = deployment.experiment();
    return file.map(own -> ExperimentFile.packed(name, own, changes(), catalog))
        .orElseGet(() -> ExperimentFile.packed(name, changes(), catalog));
  }

  private static void print(Verdict verdict, PrintWriter terminal) {
    TextTable table = new TextTable(1);
    table.row(Verdict.header().toArray(String[]::new));
    verdict.rows().forEach(row -> table.row(row.toArray(String[]::new)));
    terminal.println();
    terminal.println(
        "%s, %s (best published: %s)"
            .formatted(verdict.network(), verdict.deployment().text(), verdict.published()));
    table.lines().forEach(terminal::println);
  }

  private static void write(Path file, List<Verdict> verdicts) {
    WholeFiles.write(
        file,
        text -> {
          text.write("network,deployment," + cells(Verdict.header()) + "\n");
          for (Verdict verdict : verdicts) {
            for (List<String> row : verdict.rows()) {
              text.write(
                  "%s,%s,%s\n".formatted(verdict.network(), verdict.deployment().id(), cells(row)));
            }
          }
        });
  }

  private static String cells(List<String> row) {
    return String.join(",", row.stream().map(cell -> cell.replace(", ", "/")).toList());
  }

  private Setting.Fields changes() {
    Map<String, Setting> values = new LinkedHashMap<>();
    seeds.ifPresent(n -> values.put("seeds", new Setting.Text("--seeds", n)));
    ReplayCommand.put(values, "planners", "--planner", planners);
    ReplayCommand.put(
        values, "traces", "--trace", traces.stream().map(ReplayCommand::absolute).toList());
    ReplayCommand.put(
        values, "models", "--model", models.stream().map(ReplayCommand::absolute).toList());
    return new Setting.Fields("the command line", values);
  }
}
