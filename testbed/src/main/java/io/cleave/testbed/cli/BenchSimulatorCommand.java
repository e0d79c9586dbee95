package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.SimulatorBench;
import io.cleave.testbed.bench.SimulatorBench.Speed;
import io.cleave.testbed.bench.SimulatorBench.Work;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench simulator}: speed and memory of the simulated world against its targets. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "Measures frames per second of real time, and memory, of the simulated world.")
public final class BenchSimulatorCommand implements Callable<Integer> {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 3;
  private static final double FLAT_BYTES = 1 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Independent runs at once (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--frames",
      defaultValue = "500000",
      description = "Frames of each run (default: ${DEFAULT-VALUE}).")
  private long frames;

  @Override
  public Integer call() {
    if (threads < 1 || frames < 1) {
      throw new UserError("--threads and --frames must be at least 1.");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-46s %14s %14s%n", "what", "target", "measured");
    for (Work work : Work.values()) {
      measure(out, work);
    }
    long once = SimulatorBench.heapBytes(30_000, 1_000);
    long tenfold = SimulatorBench.heapBytes(300_000, 10_000);
    out.printf("heap of a run of 30,000 frames, 1,000 steps: %,d bytes%n", once);
    row(
        out,
        "more heap at ten times the frames and steps",
        FLAT_BYTES,
        (double) (tenfold - once),
        tenfold - once <= FLAT_BYTES);
    out.flush();
    return 0;
  }

  private void measure(PrintWriter out, Work work) {
    for (int i = 0; i < WARM_UPS; i++) {
      SimulatorBench.speed(work, frames, threads);
    }
    double wall = 0;
    double processor = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Speed speed = SimulatorBench.speed(work, frames, threads);
      wall = Math.max(wall, speed.wallRate());
      processor = Math.max(processor, speed.processorRate());
    }
    row(out, label(work), work.target(), wall, wall >= work.target());
    out.printf(
        Locale.ROOT,
        "%-46s %14s %,14.0f%n",
        "  by processor time, as if nothing else ran",
        "",
        processor);
  }

  private static String label(Work work) {
    return work == Work.FIXED_PLAN
        ? "frames/s, AlexNet, one plan"
        : "frames/s, AlexNet, QDMP at each report";
  }

  private static void row(
      PrintWriter out, String what, double target, double measured, boolean met) {
    out.printf(
        Locale.ROOT, "%-46s %,14.0f %,14.0f %s%n", what, target, measured, met ? "met" : "NOT MET");
  }
}
