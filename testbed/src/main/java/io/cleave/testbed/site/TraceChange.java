package io.cleave.testbed.site;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;

/** A link that follows one recording until a moment, and from then on another from its begin. */
final class TraceChange {
  private static final double LEAST_STEP = 1e-6; // shorter ones are the rounding of laps

  private TraceChange() {}

  /**
   * Both, one after the other.
   *
   * @param seconds of the first, above 0
   * @param lasting at least so long the second goes on, lap after lap
   */
  static Trace of(Trace first, double seconds, Trace second, double lasting) {
    int laps = (int) Math.ceil(lasting / second.periodSeconds());
    double end = seconds + laps * second.periodSeconds();
    return new Trace(
        first.name() + "-" + second.name(),
        first.source(),
        joined(first.up(), seconds, second.up(), end),
        joined(first.down(), seconds, second.down(), end),
        joined(first, seconds, second, end));
  }

  private static Capacity joined(Capacity first, double seconds, Capacity second, double end) {
    List<Double> starts = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    add(first, 0, seconds, starts, rates);
    add(second, seconds, end, starts, rates);
    starts.add(end);
    return new Capacity(doubles(starts), doubles(rates));
  }

  private static void add(
      Capacity each, double begin, double end, List<Double> starts, List<Double> rates) {
    for (double lap = begin; lap < end - LEAST_STEP; lap += each.periodSeconds()) {
      for (int step = 0; step < each.steps(); step++) {
        if (lap + each.startSeconds(step) < end - LEAST_STEP) {
          starts.add(lap + each.startSeconds(step));
          rates.add(each.bitsPerSecond(step));
        }
      }
    }
  }

  private static RoundTrip joined(Trace first, double seconds, Trace second, double end) {
    List<Double> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    add(first, 0, seconds, times, values);
    add(second, seconds, end, times, values);
    return RoundTrip.measured(doubles(times), doubles(values));
  }

  private static void add(
      Trace each, double begin, double end, List<Double> times, List<Double> values) {
    double period = each.periodSeconds();
    for (double lap = begin; lap < end - LEAST_STEP; lap += period) {
      add(each.roundTrip(), lap, Math.min(end, lap + period), times, values);
    }
  }

  /** The sample in force at the begin, and those that come before the end. */
  private static void add(
      RoundTrip trip, double begin, double end, List<Double> times, List<Double> values) {
    times.add(begin);
    values.add(trip.at(0));
    for (int sample = 0; sample < trip.samples(); sample++) {
      double time = begin + trip.timeSeconds(sample);
      if (time > begin && time < end) {
        times.add(time);
        values.add(trip.at(trip.timeSeconds(sample)));
      }
    }
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
