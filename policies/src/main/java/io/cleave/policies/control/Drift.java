package io.cleave.policies.control;

import io.cleave.policies.wire.FrameReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Notices that a device's frames are no longer what predictions say: what was learned elsewhere is
 * then better left aside until they are again.
 *
 * <p>Looks at the median of the last frames' errors, which a few outages do not move; an error is
 * how many times too fast or too slow a prediction was. Two bounds, so that it does not flutter.
 */
final class Drift {
  static final int WINDOW = 32; // frames
  static final double BEGINS = 2; // times
  static final double ENDS = 1.5;
  private static final double LEAST_SECONDS = 1e-3; // below which no clock is to be trusted

  private final Deque<Double> errors = new ArrayDeque<>(); // logarithms
  private boolean drifting;

  /** The device's frames since its last report. */
  void hear(FrameReport frames) {
    for (FrameReport.Answered frame : frames.recent()) {
      double latency = Math.max(LEAST_SECONDS, frame.latencySeconds());
      double predicted = Math.max(LEAST_SECONDS, frame.predictedSeconds());
      errors.add(Math.abs(Math.log(latency / predicted)));
      if (errors.size() > WINDOW) {
        errors.remove();
      }
    }
    if (errors.size() == WINDOW) {
      drifting = times() > (drifting ? ENDS : BEGINS);
    }
  }

  boolean drifting() {
    return drifting;
  }

  /** How many times too fast or too slow half of the predictions were at least. */
  double times() {
    double[] sorted = errors.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 1 : Math.exp(sorted[sorted.length / 2]);
  }

  /** For people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "nothing learned is used while predictions are wrong %.1f times (until below %.1f)",
        times(),
        ENDS);
  }
}
