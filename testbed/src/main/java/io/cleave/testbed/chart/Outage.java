package io.cleave.testbed.chart;

import io.cleave.traces.Capacity;
import io.cleave.traces.TraceSummary;
import java.util.ArrayList;
import java.util.List;

/** A time from which until which a direction carries less than 0.1 Mbit/s, in seconds. */
record Outage(double start, double end) {
  /** As legends say it. Shorter gaps are how packets come, and would cover a whole picture. */
  static final String MEANING = "under 0.1 Mbit/s for 1 s or more";

  private static final double SHORTEST_SECONDS = 1;

  static List<Outage> of(Capacity way) {
    List<Outage> outages = new ArrayList<>();
    int step = 0;
    while (step < way.steps()) {
      int first = step;
      while (step < way.steps() && way.bitsPerSecond(step) < TraceSummary.OUTAGE_MBPS * 1e6) {
        step++;
      }
      Outage outage = new Outage(way.startSeconds(first), way.startSeconds(step));
      if (outage.seconds() > SHORTEST_SECONDS - 1e-9) {
        outages.add(outage);
      }
      step++;
    }
    return outages;
  }

  double seconds() {
    return end - start;
  }
}
