package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.bench.BenchMachine;
import io.cleave.testbed.bench.LinkBench;
import io.cleave.testbed.bench.OutageBench;
import io.cleave.testbed.bench.Spread;
import io.cleave.testbed.bench.TokenBucketBench;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave bench link}: how close the link emulator comes to its recording. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the link emulator: when a tensor has arrived, how late a small message is,",
      "and what an outage does; beside what the machine does meanwhile without an emulator."
    })
final class BenchLinkCommand implements Callable<Integer> {
  private static final List<Integer> MBPS = List.of(1, 5, 20, 50, 100, 200);
  private static final List<String> RECORDED =
      List.of("lte-tmobile", "lte-verizon", "belgium-4g-bus", "belgium-4g-car", "norway-3g-ferry");
  private static final List<String> OUTAGES =
      List.of("belgium-4g-train-outage", "norway-3g-outage");
  private static final double GOODPUT = 0.02;
  private static final double ADDED_SECONDS = 1e-3;
  private static final int MESSAGES = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "How often everything is measured, by turns (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--busy",
      defaultValue = "0",
      paramLabel = "N",
      description = "Threads that compute without a pause meanwhile (default: ${DEFAULT-VALUE}).")
  private int busy;

  @Option(names = "--no-outages", description = "Leave the recorded outages of 16 s and 72 s out.")
  private boolean noOutages;

  @Option(
      names = "--tbf",
      description = "Only compare with the kernel's token bucket filter; needs root, ip and tc.")
  private boolean filter;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || busy < 0) {
      throw new UserError("--rounds must be at least 1 and --busy at least 0.");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(BenchMachine.text());
    out.flush();
    List<Thread> others = others();
    try {
      if (filter) {
        printFilter(out);
      } else {
        measure(out);
      }
    } finally {
      others.forEach(Thread::interrupt);
    }
    return 0;
  }

  private void measure(PrintWriter out) throws IOException, InterruptedException {
    LinkBench.tensors(LinkBench.constant(200e6), 0, 2, new Spread()); // compiles what is hot
    Map<String, Spread> goodput = new LinkedHashMap<>();
    Map<String, Spread> added = new LinkedHashMap<>();
    Spread direct = new Spread();
    Spread sleeps = new Spread();
    for (int round = 0; round < rounds; round++) {
      for (int rate : MBPS) {
        String row = rate + " Mbit/s";
        LinkBench.tensors(LinkBench.constant(rate * 1e6), 0, 1.5, of(goodput, row));
        LinkBench.messages(rate * 1e6, MESSAGES / MBPS.size(), of(added, row), direct);
        LinkBench.sleeps(MESSAGES, sleeps);
      }
      for (String name : RECORDED) {
        Trace trace = TraceLibrary.builtIn().trace(name);
        double from = (17.0 + 31 * round) % (trace.periodSeconds() - 10);
        LinkBench.tensors(trace, from, 8, of(goodput, name));
        LinkBench.sleeps(MESSAGES, sleeps);
      }
    }
    printGoodput(out, goodput);
    printDelays(out, added, direct, sleeps);
    if (!noOutages) {
      printOutages(out);
    }
  }

  private static Spread of(Map<String, Spread> all, String row) {
    return all.computeIfAbsent(row, name -> new Spread());
  }

  private static void printGoodput(PrintWriter out, Map<String, Spread> goodput) {
    out.println();
    out.println("Goodput of a 1-MB tensor, as a share of what the recording gives");
    Columns table =
        new Columns("lrrrrrl", "link", "tensors", "median", "least", "most", "within 2 %", "");
    goodput.forEach(
        (row, spread) ->
            table.row(
                row,
                String.valueOf(spread.count()),
                share(spread.quantile(0.5)),
                share(spread.quantile(0)),
                share(spread.quantile(1)),
                Amounts.percent(spread.within(1 - GOODPUT, 1 + GOODPUT)),
                met(Math.abs(spread.quantile(0.5) - 1) <= GOODPUT)));
    table.print(out);
  }

  private static void printDelays(
      PrintWriter out, Map<String, Spread> added, Spread direct, Spread sleeps) {
    out.println();
    out.println("Delay of a 100-byte message beyond what is configured, in ms");
    Columns table = new Columns("lrrrrrl", "link", "messages", "p50", "p95", "p99", "most", "");
    added.forEach((row, spread) -> delay(table, row, spread, true));
    delay(table, "without emulator", direct, false);
    delay(table, "a thread that sleeps 2 ms", sleeps, false);
    table.print(out);
  }

  private static void delay(Columns table, String row, Spread spread, boolean target) {
    table.row(
        row,
        String.valueOf(spread.count()),
        Amounts.millis(spread.quantile(0.5)),
        Amounts.millis(spread.quantile(0.95)),
        Amounts.millis(spread.quantile(0.99)),
        Amounts.millis(spread.quantile(1)),
        target ? met(spread.quantile(0.95) <= ADDED_SECONDS) : "");
  }

  private static void printOutages(PrintWriter out) throws IOException, InterruptedException {
    out.println();
    out.println("A stream through an outage");
    Columns table =
        new Columns(
            "lrrrrrrr",
            "recording",
            "outage s",
            "B during",
            "of",
            "goodput after",
            "ahead B",
            "burst",
            "survived");
    for (String name : OUTAGES) {
      OutageBench bench = OutageBench.of(TraceLibrary.builtIn().trace(name)).orElseThrow();
      OutageBench.Result result = bench.run();
      table.row(
          name,
          whole(result.outageSeconds()),
          whole(result.bytesDuring()),
          whole(result.carriedDuring()),
          share(result.bytesAfter() / result.carriedAfter()),
          whole(result.aheadBytes()),
          share(result.burst()),
          result.survived() ? "yes" : "NO");
    }
    table.print(out);
  }

  private void printFilter(PrintWriter out) throws IOException {
    Optional<String> missing = TokenBucketBench.missing();
    if (missing.isPresent()) {
      out.printf("SKIPPED: no comparison with a token bucket filter: %s.%n", missing.get());
      out.flush();
      return;
    }
    out.println();
    out.println("Goodput of a 1-MB tensor and its answer, as a share of what the rate gives");
    Columns table =
        new Columns("lrrrrrrr", "rate", "tensors", "link", "least", "most", "tbf", "least", "most");
    for (int rate : MBPS) {
      Spread emulator = new Spread();
      Spread bucket = new Spread();
      TokenBucketBench.run(rate * 1e6, Math.min(10, rate) * rounds, emulator, bucket);
      table.row(
          rate + " Mbit/s",
          String.valueOf(emulator.count()),
          share(emulator.quantile(0.5)),
          share(emulator.quantile(0)),
          share(emulator.quantile(1)),
          share(bucket.quantile(0.5)),
          share(bucket.quantile(0)),
          share(bucket.quantile(1)));
    }
    table.print(out);
  }

  private List<Thread> others() {
    List<Thread> threads =
        java.util.stream.IntStream.range(0, busy)
            .mapToObj(i -> new Thread(BenchLinkCommand::compute, "bench-busy-" + i))
            .toList();
    threads.forEach(Thread::start);
    return threads;
  }

  private static void compute() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String met(boolean met) {
    return met ? "met" : "NOT MET";
  }
}
