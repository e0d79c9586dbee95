package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.List;

/**
 * What one machine needs for each layer of one network.
 *
 * <p>A run of several layers takes the sum of its layers plus one start: handing over to the engine
 * costs once a run, which is why many short runs are slower than one long run.
 */
public final class LayerTimes {
  private final double[] prefix; // [layers + 1] seconds of all layers before
  private final double startSeconds;

  private LayerTimes(double[] prefix, double startSeconds) {
    this.prefix = prefix;
    this.startSeconds = startSeconds;
  }

  /**
   * Times for a network with as many layers as figures.
   *
   * @param seconds one figure a layer, finite and at least 0; layer 0, the input, is 0
   * @param startSeconds of each run, finite and at least 0
   */
  public static LayerTimes of(double[] seconds, double startSeconds) {
    double[] prefix = new double[seconds.length + 1];
    for (int i = 0; i < seconds.length; i++) {
      prefix[i + 1] = prefix[i] + checked(seconds[i], "layer " + i);
    }
    if (seconds.length == 0 || seconds[0] != 0) {
      throw new IllegalArgumentException("Layer 0, the input, must take 0 seconds.");
    }
    return new LayerTimes(prefix, checked(startSeconds, "start"));
  }

  /** The same machine made slower (above 1) or faster (below 1). */
  public LayerTimes scaled(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("A slowdown must be positive, not %s.".formatted(factor));
    }
    double[] scaled = new double[prefix.length];
    for (int i = 0; i < prefix.length; i++) {
      scaled[i] = prefix[i] * factor;
    }
    return new LayerTimes(scaled, startSeconds * factor);
  }

  /** The same machine's times for some of the layers, as a network of their own. */
  public LayerTimes of(List<Integer> layers) {
    return of(layers.stream().mapToDouble(this::layer).toArray(), startSeconds);
  }

  public int size() {
    return prefix.length - 1;
  }

  public double startSeconds() {
    return startSeconds;
  }

  /** Seconds of one layer, without the start. */
  public double layer(int index) {
    return prefix[index + 1] - prefix[index];
  }

  /** Seconds of layers {@code from} (included) to {@code to} (excluded), without the start. */
  public double between(int from, int to) {
    return prefix[to] - prefix[from];
  }

  /** Seconds of one run of these layers with its start; 0 if only the input is in it. */
  public double run(LayerSet layers) {
    double sum = 0;
    if (layers.isRange()) { // as most are, of which a planner asks for thousands
      int first = layers.next(0);
      int end = first + layers.size();
      for (int i = first; i < end; i++) {
        sum += layer(i);
      }
      return end > 1 ? startSeconds + sum : 0;
    }
    boolean real = false;
    for (int i = layers.next(0); i >= 0; i = layers.next(i + 1)) {
      sum += layer(i);
      real |= i > 0;
    }
    return real ? startSeconds + sum : 0;
  }

  /** Refuses times made for another network. */
  public void checkFits(DnnGraph graph) {
    if (size() != graph.size()) {
      throw new IllegalArgumentException(
          "Layer times for %d layers do not fit %s with %d layers. Maybe they were measured on another version of it."
              .formatted(size(), graph.name(), graph.size()));
    }
  }

  private static double checked(double seconds, String what) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "The time of %s must be finite and at least 0 s, not %s.".formatted(what, seconds));
    }
    return seconds;
  }
}
