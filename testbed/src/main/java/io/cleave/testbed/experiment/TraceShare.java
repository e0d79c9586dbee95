package io.cleave.testbed.experiment;

import io.cleave.traces.Capacity;
import io.cleave.traces.Trace;
import java.util.stream.IntStream;

/** What a recorded link leaves to one device of many that use it. */
public final class TraceShare {
  private TraceShare() {}

  /**
   * The same recording with all its rates smaller; round trips stay as they were.
   *
   * @param share of each rate, above 0
   */
  public static Trace of(Trace trace, double share) {
    String name = "%s x%s".formatted(trace.name(), share);
    return new Trace(
        name, trace.source(), of(trace.up(), share), of(trace.down(), share), trace.roundTrip());
  }

  private static Capacity of(Capacity whole, double share) {
    double[] starts =
        IntStream.rangeClosed(0, whole.steps()).mapToDouble(whole::startSeconds).toArray();
    double[] rates =
        IntStream.range(0, whole.steps())
            .mapToDouble(step -> share * whole.bitsPerSecond(step))
            .toArray();
    return new Capacity(starts, rates);
  }
}
