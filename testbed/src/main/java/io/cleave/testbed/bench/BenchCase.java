package io.cleave.testbed.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark on one network.
 *
 * @param method of {@link PlannerBenchmark}
 * @param network of the zoo
 */
public record BenchCase(String method, String network) {
  /**
   * Measures it in a virtual machine of its own.
   *
   * @param quick a tenth of the time, for a first look
   */
  public Figure measure(boolean quick) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + PlannerBenchmark.class.getName() + "\\." + method + "$")
            .param("network", network)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (quick) {
      TimeValue tenth = new TimeValue(100, TimeUnit.MILLISECONDS);
      options.warmupIterations(2).warmupTime(tenth).measurementIterations(3);
      options.measurementTime(tenth);
    }
    try {
      Result<?> result = new Runner(options.build()).runSingle().getPrimaryResult();
      return new Figure(result.getScore(), result.getScoreError());
    } catch (RunnerException e) {
      throw new IllegalStateException("The benchmark %s failed.".formatted(this), e);
    }
  }
}
