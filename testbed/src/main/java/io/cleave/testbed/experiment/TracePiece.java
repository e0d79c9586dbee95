package io.cleave.testbed.experiment;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;

/** Cuts a piece out of a recording. */
public final class TracePiece {
  private TracePiece() {}

  /**
   * The piece as a trace of its own, which repeats itself.
   *
   * @param from seconds since the recording's start, at least 0
   * @param seconds length of the piece, above 0; it must end within the recording
   */
  public static Trace of(Trace trace, String name, double from, double seconds) {
    double to = from + seconds;
    if (!(from >= 0 && seconds > 0 && to <= trace.periodSeconds())) {
      throw new IllegalArgumentException(
          "A piece from %s s to %s s does not lie within %s, which lasts %s s."
              .formatted(from, to, trace.name(), trace.periodSeconds()));
    }
    return new Trace(
        name,
        trace.source(),
        piece(trace.up(), from, to),
        piece(trace.down(), from, to),
        roundTrip(trace, from, to));
  }

  private static Capacity piece(Capacity whole, double from, double to) {
    List<Double> starts = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int step = 0; step < whole.steps(); step++) {
      if (whole.startSeconds(step + 1) > from && whole.startSeconds(step) < to) {
        starts.add(Math.max(0, whole.startSeconds(step) - from));
        rates.add(whole.bitsPerSecond(step));
      }
    }
    starts.add(to - from);
    return new Capacity(doubles(starts), doubles(rates));
  }

  /** Sampled at each step of the uplink; a constant stays one. */
  private static RoundTrip roundTrip(Trace trace, double from, double to) {
    if (!trace.roundTrip().isMeasured()) {
      return trace.roundTrip();
    }
    List<Double> times = new ArrayList<>(List.of(0.0));
    List<Double> values = new ArrayList<>(List.of(trace.roundTrip().at(from)));
    for (int step = 0; step < trace.up().steps(); step++) {
      double start = trace.up().startSeconds(step);
      if (start > from && start < to) {
        times.add(start - from);
        values.add(trace.roundTrip().at(start));
      }
    }
    return RoundTrip.measured(doubles(times), doubles(values));
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
