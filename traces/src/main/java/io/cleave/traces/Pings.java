package io.cleave.traces;

import java.util.ArrayList;
import java.util.List;

/** Round trips while they are read, in the order of time. */
final class Pings {
  private final List<Double> times = new ArrayList<>(); // s
  private final List<Double> values = new ArrayList<>(); // s

  void add(double time, double seconds) {
    times.add(time);
    values.add(seconds);
  }

  void append(Pings later, double offset) {
    for (int i = 0; i < later.times.size(); i++) {
      add(offset + later.times.get(i), later.values.get(i));
    }
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  RoundTrip measured() {
    return RoundTrip.measured(
        times.stream().mapToDouble(Double::doubleValue).toArray(),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
