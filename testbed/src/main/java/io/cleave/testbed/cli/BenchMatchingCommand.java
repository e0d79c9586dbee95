package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.bench.BenchMachine;
import io.cleave.testbed.bench.MatchingBench;
import io.cleave.testbed.bench.MatchingBench.Result;
import io.cleave.testbed.bench.Spread;
import io.cleave.testbed.chart.GrowthSvg;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench matching}: how long it takes to assign the devices of a site. */
@Command(
    name = "matching",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how long swap matching takes, from nothing and after one report, and how good it is.",
      "Every device can reach every server, in two ways. One core; about five minutes."
    })
final class BenchMatchingCommand implements Runnable {
  private static final int[][] SIZES = {
    {30, 3}, {100, 10}, {300, 20}, {1000, 50}, {3000, 100}, {10_000, 200}
  };

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the sites (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--largest",
      defaultValue = "10000",
      description = "Devices of the largest site (default: ${DEFAULT-VALUE}).")
  private int largest;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      defaultValue = "matching-growth.svg",
      description = "Where the picture of growth goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    if (largest < SIZES[0][0]) {
      throw new UserError("--largest must be at least %d, not %d.".formatted(SIZES[0][0], largest));
    }
    PrintWriter terminal = spec.commandLine().getOut();
    List<Result> results = new ArrayList<>();
    TextTable table = new TextTable(1);
    table.row(
        "devices x servers",
        "scratch",
        "one report",
        "p99",
        "deferred",
        "greedy",
        "mean latency",
        "over bound",
        "deferred",
        "greedy");
    for (int[] size : SIZES) {
      if (size[0] <= largest) {
        Result result = MatchingBench.measure(size[0], size[1], seed);
        results.add(result);
        table.row(cells(result));
        spec.commandLine().getErr().printf("%s%n", String.join("  ", cells(result)));
        spec.commandLine().getErr().flush();
      }
    }
    terminal.println(BenchMachine.text());
    terminal.println(
        "Medians; latency of all frames, as matched and by deferred acceptance and greed.");
    table.lines().forEach(terminal::println);
    goal(terminal, results, 1000, "from nothing", 50, Result::scratch, 0.5);
    goal(terminal, results, 1000, "one report", 1, Result::change, 0.5);
    goal(terminal, results, 10_000, "from nothing", 1000, Result::scratch, 0.5);
    WholeFiles.write(out, text -> draw(results, text));
    terminal.println("Picture: " + out.toAbsolutePath().normalize());
    terminal.flush();
  }

  private static String[] cells(Result result) {
    MatchingBench.Quality quality = result.quality();
    return new String[] {
      "%d x %d".formatted(result.devices(), result.servers()),
      millis(result.scratch().quantile(0.5)),
      millis(result.change().quantile(0.5)),
      millis(result.change().quantile(0.99)),
      millis(result.deferred().quantile(0.5)),
      millis(result.greedy().quantile(0.5)),
      millis(quality.matched()),
      String.format(Locale.ROOT, "%.2f %%", 100 * (quality.matched() / quality.bound() - 1)),
      millis(quality.deferred()),
      millis(quality.greedy())
    };
  }

  private static String millis(double seconds) {
    double value = seconds * 1e3;
    return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
  }

  private static void goal(
      PrintWriter terminal,
      List<Result> results,
      int devices,
      String what,
      double atMostMillis,
      Function<Result, Spread> figure,
      double share) {
    results.stream()
        .filter(result -> result.devices() == devices)
        .forEach(
            result -> {
              double millis = 1e3 * figure.apply(result).quantile(share);
              terminal.printf(
                  Locale.ROOT,
                  "%-28s <= %4.0f ms  %8.2f ms  %s%n",
                  "%d x %d, %s".formatted(devices, result.servers(), what),
                  atMostMillis,
                  millis,
                  millis <= atMostMillis ? "yes" : "NO");
            });
  }

  private static void draw(List<Result> results, Appendable text) throws java.io.IOException {
    GrowthSvg.write(
        "Time to assign a site, by devices x servers",
        "devices x servers",
        List.of(
            line("swap matching", results, Result::scratch),
            line("after one report", results, Result::change),
            line("deferred acceptance", results, Result::deferred),
            line("greedy", results, Result::greedy)),
        text);
  }

  private static GrowthSvg.Line line(
      String name, List<Result> results, Function<Result, Spread> figure) {
    return new GrowthSvg.Line(
        name,
        results.stream().map(each -> (double) each.devices() * each.servers()).toList(),
        results.stream().map(each -> figure.apply(each).quantile(0.5)).toList());
  }
}
