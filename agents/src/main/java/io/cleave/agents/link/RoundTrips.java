package io.cleave.agents.link;

import java.util.Arrays;

/**
 * The round trip without payload: the least of the last few that were measured, since whatever else
 * is on the link only adds to it. Owned by the loop.
 */
final class RoundTrips {
  private static final int REMEMBERED = 8;

  private final double[] latest = new double[REMEMBERED];
  private long measured;

  void add(double seconds) {
    latest[(int) (measured++ % REMEMBERED)] = Math.max(0, seconds);
  }

  /** Seconds; 0 before the first. */
  double seconds() {
    int known = (int) Math.min(measured, REMEMBERED);
    return Arrays.stream(latest, 0, known).min().orElse(0);
  }
}
