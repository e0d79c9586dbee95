package io.cleave.agents.machine;

import io.cleave.policies.graph.LayerSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What runs take on this machine: the pace's time, or a mean of the latest runs. Not thread-safe.
 */
final class RunTimes {
  private static final double WEIGHT_OF_LATEST = 0.3;
  private static final int KEPT = 256;

  private record Key(String sha256, LayerSet layers) {
    static Key of(SliceRun run) {
      return new Key(run.model().reference().sha256(), run.layers());
    }
  }

  private final Pace pace;
  private final Map<Key, Double> seconds = new LinkedHashMap<>(16, 0.75f, true);

  RunTimes(Pace pace) {
    this.pace = pace;
  }

  /** Predicted seconds; 0 for a run without pace that has never been seen. */
  double expected(SliceRun run) {
    return pace.seconds(run.model().graph(), run.layers())
        .orElseGet(() -> seconds.getOrDefault(Key.of(run), 0.0));
  }

  void took(SliceRun run, double measured) {
    seconds.merge(
        Key.of(run), measured, (before, latest) -> before + WEIGHT_OF_LATEST * (latest - before));
    if (seconds.size() > KEPT) {
      seconds.remove(seconds.keySet().iterator().next());
    }
  }
}
