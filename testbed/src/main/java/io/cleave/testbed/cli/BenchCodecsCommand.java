package io.cleave.testbed.cli;

import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.BenchMachine;
import io.cleave.testbed.bench.CodecBench;
import io.cleave.testbed.bench.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench codecs}: what each codec costs, against what the cost model says. */
@Command(
    name = "codecs",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what it takes to put tensors of four sizes into each codec's form and back, by the",
      "classes with which agents do it, and lays that beside what the cost model counts with."
    })
public final class BenchCodecsCommand implements Callable<Integer> {
  private static final double[] MEGABYTES = {0.1, 0.4, 1.6, 4};
  private static final double TARGET = 0.15;
  private static final double MEDIAN = 0.5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--runs",
      defaultValue = "5",
      description =
          "For each codec, from size to size, 1 to 1000, of which the median counts; one more"
              + " before warms up (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--rounds",
      defaultValue = "30",
      description =
          "In each run for each size, 10 to 100000, of about 4 MB each; the lowest decile counts"
              + " (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() {
    if (runs < 1 || runs > 1000) {
      throw new UserError("--runs must be from 1 to 1000, not %d.".formatted(runs));
    }
    if (rounds < 10 || rounds > 100_000) {
      throw new UserError("--rounds must be from 10 to 100000, not %d.".formatted(rounds));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(BenchMachine.text());
    out.println("encode and decode together, ns of processor time for each byte of fp32:");
    out.println("measured, stated, and by how much what is stated is off");
    out.printf("%-13s %5s", "codec", "ratio");
    for (double megabytes : MEGABYTES) {
      out.printf(Locale.ROOT, " | %13.1f MB", megabytes);
    }
    out.println();
    List<CodecBench> sizes = new ArrayList<>();
    for (double megabytes : MEGABYTES) {
      sizes.add(new CodecBench(megabytes));
    }
    for (Codec codec : Codec.values()) {
      line(codec, sizes, out);
    }
    return 0;
  }

  private void line(Codec codec, List<CodecBench> sizes, PrintWriter out) {
    List<Spread> measured = sizes.stream().map(size -> new Spread()).toList();
    List<CodecBench.Figures> last = new ArrayList<>();
    for (int run = -1; run < runs; run++) { // sizes in turn, so that what disturbs one does all
      last.clear();
      for (int size = 0; size < sizes.size(); size++) {
        last.add(sizes.get(size).of(codec, rounds));
        if (run >= 0) {
          measured.get(size).add(last.get(size).measured());
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "%-13s %5.3f",
        codec,
        last.stream().mapToDouble(CodecBench.Figures::ratio).average().orElseThrow());
    List<String> missed = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      double median = measured.get(size).quantile(MEDIAN);
      double stated = last.get(size).stated();
      double off = stated / median - 1;
      out.printf(Locale.ROOT, " | %5.2f %5.2f", 1e9 * median, 1e9 * stated);
      out.print(stated == 0 ? "      " : String.format(Locale.ROOT, " %+3.0f %%", 100 * off));
      if (stated > 0 && Math.abs(off) > TARGET) {
        missed.add(String.format(Locale.ROOT, "%.1f MB", MEGABYTES[size]));
      }
    }
    out.println(" | " + verdict(last.get(0).stated(), missed));
    out.flush();
  }

  /** What is no work takes next to nothing; a share of that says nothing. */
  private static String verdict(double stated, List<String> missed) {
    if (stated == 0) {
      return "no work";
    }
    return missed.isEmpty() ? "within 15 %" : "BEYOND 15 % at " + String.join(", ", missed);
  }
}
