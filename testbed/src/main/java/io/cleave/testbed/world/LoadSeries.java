package io.cleave.testbed.world;

import java.util.List;

/**
 * How a server's load varies: a slowdown over time, piecewise constant, repeated with its period.
 *
 * @param stepSeconds length of each step, above 0
 * @param slowdown one factor a step, each at least 1; work begun in a step takes so much longer
 */
public record LoadSeries(double stepSeconds, List<Double> slowdown) {
  /** Nobody else uses the server. */
  public static final LoadSeries IDLE = new LoadSeries(1, List.of(1.0));

  public LoadSeries {
    slowdown = List.copyOf(slowdown);
    if (!(stepSeconds > 0) || slowdown.size() == 0) {
      throw new IllegalArgumentException("A load series needs steps of above 0 s, at least one.");
    }
    for (double factor : slowdown) {
      if (!(factor >= 1) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException(
            "A slowdown must be finite and at least 1, not %s.".formatted(factor));
      }
    }
  }

  public double at(double seconds) {
    return slowdown.get((int) (Math.floor(seconds / stepSeconds) % slowdown.size()));
  }
}
