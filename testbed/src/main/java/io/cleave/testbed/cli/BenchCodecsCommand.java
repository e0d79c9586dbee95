package io.cleave.testbed.cli;

import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.BenchMachine;
import io.cleave.testbed.bench.CodecBench;
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
      "Measures how quickly tensors of four sizes are put into each codec's form and back, by the",
      "classes with which agents do it, and lays that beside what the cost model counts with."
    })
public final class BenchCodecsCommand implements Callable<Integer> {
  private static final double[] MEGABYTES = {0.1, 0.4, 1.6, 4};
  private static final double TARGET = 0.15;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rounds",
      defaultValue = "300",
      description =
          "For each codec and size, 10 to 100000; half as many before warm up (default:"
              + " ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() {
    if (rounds < 10 || rounds > 100_000) {
      throw new UserError("--rounds must be from 10 to 100000, not %d.".formatted(rounds));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(BenchMachine.text());
    out.println("encode and decode together, MB of fp32 a second of processor time");
    out.printf("%-13s %7s", "codec", "ratio");
    for (double megabytes : MEGABYTES) {
      out.printf(Locale.ROOT, " %6.1f MB", megabytes);
    }
    out.printf(" %10s %10s%n", "ns/byte", "stated");
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
    double seconds = 0;
    double bytes = 0;
    double wire = 0;
    StringBuilder speeds = new StringBuilder();
    for (CodecBench size : sizes) {
      CodecBench.Figures figures = size.of(codec, rounds);
      seconds += figures.encodeSeconds() + figures.decodeSeconds();
      bytes += figures.valueBytes();
      wire += figures.wireBytes();
      speeds.append(String.format(Locale.ROOT, " %9.0f", 1e-6 / figures.secondsPerByte()));
    }
    double measured = seconds / bytes;
    out.printf(
        Locale.ROOT,
        "%-13s %7.3f%s %10.3f %10.3f %s%n",
        codec,
        wire / bytes,
        speeds,
        1e9 * measured,
        1e9 * codec.secondsPerByte(),
        verdict(codec, measured));
    out.flush();
  }

  /** What is no work takes next to nothing; a share of that says nothing. */
  private static String verdict(Codec codec, double measured) {
    if (codec.secondsPerByte() == 0) {
      return "no work";
    }
    double off = codec.secondsPerByte() / measured - 1;
    return String.format(
        Locale.ROOT, "%+.0f %% %s", 100 * off, Math.abs(off) <= TARGET ? "met" : "NOT MET");
  }
}
