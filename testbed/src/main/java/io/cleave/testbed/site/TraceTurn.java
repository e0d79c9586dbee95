package io.cleave.testbed.site;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;

/** The same recording from another moment on, so that devices of one trace do not march in step. */
final class TraceTurn {
  private TraceTurn() {}

  /**
   * The recording, begun so much later; its begin follows its end.
   *
   * @param seconds in [0, period)
   */
  static Trace of(Trace trace, double seconds) {
    return new Trace(
        trace.name(),
        trace.source(),
        turned(trace.up(), seconds),
        turned(trace.down(), seconds),
        turned(trace.roundTrip(), seconds, trace.periodSeconds()));
  }

  private static Capacity turned(Capacity whole, double seconds) {
    int steps = whole.steps();
    int first = 0;
    while (whole.startSeconds(first + 1) <= seconds) {
      first++;
    }
    boolean cut = whole.startSeconds(first) < seconds; // the first step ends the lap, too
    double[] starts = new double[steps + (cut ? 2 : 1)];
    double[] rates = new double[starts.length - 1];
    double at = 0;
    for (int i = 0; i < rates.length; i++) {
      int step = (first + i) % steps;
      double begin = i == 0 ? seconds : whole.startSeconds(step);
      double end = i == steps ? seconds : whole.startSeconds(step + 1);
      starts[i] = at;
      rates[i] = whole.bitsPerSecond(step);
      at += end - begin;
    }
    starts[rates.length] = whole.periodSeconds();
    return new Capacity(starts, rates);
  }

  /** Twice over, so that the lap's begin has a sample before it. */
  private static RoundTrip turned(RoundTrip whole, double seconds, double period) {
    if (!whole.isMeasured()) {
      return whole;
    }
    int samples = whole.samples();
    double[] times = new double[2 * samples];
    double[] values = new double[2 * samples];
    for (int i = 0; i < 2 * samples; i++) {
      int sample = i % samples;
      times[i] = whole.timeSeconds(sample) - seconds + (i < samples ? 0 : period);
      values[i] = whole.at(whole.timeSeconds(sample));
    }
    return RoundTrip.measured(times, values);
  }
}
