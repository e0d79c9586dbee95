package io.cleave.testbed.cli;

import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.Spread;
import io.cleave.testbed.bench.TilingBench;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench tiling}: how quickly layers are shared among boards, against the target. */
@Command(
    name = "tiling",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how long every planner that shares layers thinks about VGG16 and ResNet-50 for a",
      "cluster of unequal boards whose links change each time."
    })
public final class BenchTilingCommand implements Callable<Integer> {
  private static final double TARGET_SECONDS = 20e-3;
  private static final List<String> PLANNERS =
      List.of(
          "dina-p",
          "modnn",
          "mednn",
          "deepthings",
          "deepthings{reuse=on}",
          "aofl",
          "aofl{exchange=on}",
          "fully-distributed",
          "adcnn{retrained=assumed}",
          "joint-tiles");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--boards",
      defaultValue = "8",
      description = "Of the cluster, 2 to 65 (default: ${DEFAULT-VALUE}).")
  private int boards;

  @Option(
      names = "--rounds",
      defaultValue = "100",
      description = "Decisions, of which the last half counts (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() {
    if (boards < 2 || boards > 65) {
      throw new UserError("--boards must be from 2 to 65, not %d.".formatted(boards));
    }
    if (rounds < 2) {
      throw new UserError("--rounds must be at least 2, not %d.".formatted(rounds));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-24s %-10s %10s %10s %10s%n", "planner", "network", "median ms", "p90 ms", "target");
    for (Zoo network : List.of(Zoo.VGG16, Zoo.RESNET50)) {
      for (String planner : PLANNERS) {
        Spread took = TilingBench.seconds(planner, network, boards, rounds);
        double median = took.quantile(0.5);
        out.printf(
            Locale.ROOT,
            "%-24s %-10s %10.2f %10.2f %10.0f %s%n",
            planner,
            network.id(),
            1e3 * median,
            1e3 * took.quantile(0.9),
            1e3 * TARGET_SECONDS,
            median <= TARGET_SECONDS ? "met" : "NOT MET");
        out.flush();
      }
    }
    return 0;
  }
}
