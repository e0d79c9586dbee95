package io.cleave.testbed.learn;

import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Does the same work with one seed after the other for a long time and looks at the memory that the
 * program holds, the engine's own included: what leaks shows in an hour.
 */
public final class Soak {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double MINUTE = 60e9; // nanoseconds
  private static final int LOOKS = 60; // at most

  private final double minutes;
  private final LongConsumer work;
  private final PrintWriter out;

  /**
   * @param work is given a seed
   * @param out is told up to sixty times
   */
  public Soak(double minutes, LongConsumer work, PrintWriter out) {
    this.minutes = minutes;
    this.work = work;
    this.out = out;
  }

  /**
   * Works until the time is over.
   *
   * @throws UserError where the system does not tell what memory a program holds
   */
  public void run() {
    List<Double> megabytes = new ArrayList<>();
    long begin = System.nanoTime();
    double next = minutes / LOOKS;
    long seed = 0;
    while (elapsed(begin) < minutes) {
      work.accept(++seed);
      double now = elapsed(begin);
      if (now >= next) {
        System.gc(); // so that memory is what is held, not what waits to be given back
        double resident = megabytes();
        megabytes.add(resident);
        out.printf(Locale.ROOT, "%6.1f min  %6d times  %,7.0f MB%n", now, seed, resident);
        out.flush();
        next = now + minutes / LOOKS;
      }
    }
    tell(megabytes);
  }

  private static double elapsed(long begin) {
    return (System.nanoTime() - begin) / MINUTE;
  }

  /** Quarters, since an engine's pools breathe. */
  private void tell(List<Double> megabytes) {
    int quarter = Math.max(1, megabytes.size() / 4);
    if (megabytes.size() >= 2) {
      double second = mean(megabytes.subList(quarter, Math.min(megabytes.size(), 2 * quarter)));
      double last = mean(megabytes.subList(megabytes.size() - quarter, megabytes.size()));
      out.printf(
          Locale.ROOT,
          "resident in the second quarter %,.0f MB, in the last %,.0f MB: %+.1f %%%n",
          second,
          last,
          100 * (last / second - 1));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Of this program, the heap's unused part included. */
  private static double megabytes() {
    if (!Files.exists(STATUS)) {
      throw new UserError(
          "What memory a program holds is told by %s, on Linux only.".formatted(STATUS));
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e3)
          .findFirst()
          .orElseThrow();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
