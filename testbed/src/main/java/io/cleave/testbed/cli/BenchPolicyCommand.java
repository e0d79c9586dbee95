package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.PolicyBench;
import io.cleave.testbed.bench.PolicyBench.Decisions;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench policy}: how quick the learned policy is, against its targets. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast worlds to practise in are, and how long the controller takes to decide by",
      "the learned policy: for one device with links to 150 servers, and at a site of 200 devices,",
      "10 servers and swap matching."
    })
public final class BenchPolicyCommand implements Callable<Integer> {
  private static final double STEPS = 200_000;
  private static final double ONE_SECONDS = 1e-3;
  private static final double SITE_SECONDS = 30e-3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "That run worlds at once (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Override
  public Integer call() {
    if (threads < 1) {
      throw new UserError("--threads must be at least 1, not %d.".formatted(threads));
    }
    PrintWriter out = spec.commandLine().getOut();
    PolicyBench.stepsPerSecond(threads, 4_000); // until it is compiled
    double steps = PolicyBench.stepsPerSecond(threads, 8_000);
    row(out, "steps/s, %d threads".formatted(threads), STEPS, steps, steps >= STEPS);
    decisions(out, "one device, 300 ways", PolicyBench.decisions(1, 150, 150, 4_000), ONE_SECONDS);
    decisions(out, "a site of 200 devices", PolicyBench.decisions(200, 10, 4, 40), SITE_SECONDS);
    out.flush();
    return 0;
  }

  private static void decisions(PrintWriter out, String what, Decisions took, double target) {
    row(
        out,
        "ms a decision, %s: p99".formatted(what),
        1e3 * target,
        1e3 * took.p99(),
        took.p99() <= target);
    out.printf(Locale.ROOT, "%-46s %14s %,14.3f%n", "  median", "", 1e3 * took.median());
  }

  private static void row(
      PrintWriter out, String what, double target, double measured, boolean met) {
    out.printf(
        Locale.ROOT, "%-46s %,14.0f %,14.3f %s%n", what, target, measured, met ? "met" : "NOT MET");
  }
}
