package io.cleave.testbed.cli;

import io.cleave.testbed.bench.BenchCase;
import io.cleave.testbed.bench.BenchMachine;
import io.cleave.testbed.bench.Figure;
import io.cleave.testbed.bench.PlannerGoal;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench planners}: decisions, tables and cuts against what they should reach. */
@Command(
    name = "planners",
    description = "Measures decisions, plan tables and cuts; about a minute.",
    mixinStandardHelpOptions = true)
final class BenchPlannersCommand implements Runnable {
  @Option(names = "--quick", description = "A first look in a fifth of the time; rough.")
  private boolean quick;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<BenchCase> cases =
        Arrays.stream(PlannerGoal.values())
            .flatMap(goal -> goal.cases().stream())
            .distinct()
            .toList();
    Map<BenchCase, Figure> figures = new LinkedHashMap<>();
    for (BenchCase benchCase : cases) {
      Figure figure = benchCase.measure(quick);
      figures.put(benchCase, figure);
      err.printf(
          "[%d/%d] %s on %s: %s%n",
          figures.size(), cases.size(), benchCase.method(), benchCase.network(), figure.text());
      err.flush();
    }
    out.println(BenchMachine.text());
    out.printf("%-45s %12s  %-32s %s%n", "", "target", "measured", "met");
    for (PlannerGoal goal : PlannerGoal.values()) {
      out.printf(
          "%-45s %12s  %-32s %s%n",
          goal.title(),
          goal.targetText(),
          goal.measuredText(figures),
          goal.met(figures) ? "yes" : "NO");
    }
    out.flush();
  }
}
