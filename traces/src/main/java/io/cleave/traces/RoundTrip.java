package io.cleave.traces;

import java.util.Arrays;

/**
 * Round-trip time over a trace's clock: the sample in force is the last one taken, and before the
 * first sample the first one. Immutable.
 */
public final class RoundTrip {
  private final double[] times;
  private final double[] seconds;
  private final boolean measured;

  private RoundTrip(double[] times, double[] seconds, boolean measured) {
    this.times = times;
    this.seconds = seconds;
    this.measured = measured;
  }

  /** The same for the whole trace. */
  public static RoundTrip constant(double seconds) {
    return new RoundTrip(new double[] {0}, new double[] {checked(seconds)}, false);
  }

  /**
   * Samples of a recording.
   *
   * @param times seconds since the trace's start, ascending; may lie outside the trace
   * @param seconds one round trip each
   */
  public static RoundTrip measured(double[] times, double[] seconds) {
    if (times.length == 0 || times.length != seconds.length) {
      throw new IllegalArgumentException(
          "A round-trip series needs as many values as times, at least one, not %d and %d."
              .formatted(seconds.length, times.length));
    }
    for (int i = 0; i < times.length; i++) {
      checked(seconds[i]);
      if (i > 0 && !(times[i] >= times[i - 1])) {
        throw new IllegalArgumentException(
            "Times must not descend: %s s comes after %s s.".formatted(times[i], times[i - 1]));
      }
    }
    return new RoundTrip(times.clone(), seconds.clone(), true);
  }

  /** True if the recording held round trips; false if somebody gave a constant. */
  public boolean isMeasured() {
    return measured;
  }

  public int samples() {
    return seconds.length;
  }

  /** When a sample was taken, in seconds since the trace's start; 0 for a constant. */
  public double timeSeconds(int sample) {
    return times[sample];
  }

  /** Seconds at a time within the lap. */
  public double at(double withinLap) {
    int found = Arrays.binarySearch(times, withinLap);
    int index = found >= 0 ? found : -found - 2;
    return seconds[Math.max(0, index)];
  }

  private static double checked(double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "A round-trip time must be finite and at least 0 s, not %s.".formatted(seconds));
    }
    return seconds;
  }
}
