package io.cleave.agents.dnn;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is compared runs in turns; the time is the processor's for this thread, which does all the
 * work, and a low quantile of each is taken: other load on the machine counts little.
 */
final class Turns {
  static final double QUANTILE = 0.1;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, double[]> millis = new LinkedHashMap<>();
  private final int rounds;
  private int round;

  Turns(int rounds) {
    this.rounds = rounds;
  }

  /** Each round runs everything once. */
  void run(Runnable everything) {
    for (round = 0; round < rounds; round++) {
      everything.run();
    }
  }

  <T> T timed(String what, Supplier<T> run) {
    long began = THREADS.getCurrentThreadCpuTime();
    T result = run.get();
    millis.computeIfAbsent(what, any -> new double[rounds])[round] =
        (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
    return result;
  }

  /** Milliseconds. */
  double low(String what) {
    double[] sorted = millis.getOrDefault(what, new double[0]).clone();
    Arrays.sort(sorted);
    return sorted[(int) (QUANTILE * sorted.length)];
  }
}
