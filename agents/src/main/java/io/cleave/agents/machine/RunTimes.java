package io.cleave.agents.machine;

import io.cleave.agents.dnn.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs take on this machine: the pace's time, or a mean of the latest runs. Not thread-safe.
 */
final class RunTimes {
  private static final double WEIGHT_OF_LATEST = 0.3;
  private static final int KEPT = 256;

  private record Key(String sha256, List<Step> steps) {
    static Key of(SliceRun run) {
      return new Key(run.model().reference().sha256(), run.steps());
    }
  }

  private final Pace pace;
  private final Map<Key, Double> seconds = new LinkedHashMap<>(16, 0.75f, true);

  RunTimes(Pace pace) {
    this.pace = pace;
  }

  /**
   * Predicted seconds; 0 for a run without pace that has never been seen. How far a run with exits
   * goes only runs before it tell.
   */
  double expected(SliceRun run) {
    double unseen =
        run.steps().stream()
            .map(step -> pace.seconds(run.model().graph(), step))
            .mapToDouble(paced -> paced.orElse(0))
            .sum();
    return seconds.getOrDefault(Key.of(run), unseen);
  }

  void took(SliceRun run, double measured) {
    if (pace.holds() && run.steps().size() == 1) {
      return; // it takes what the pace says
    }
    seconds.merge(
        Key.of(run), measured, (before, latest) -> before + WEIGHT_OF_LATEST * (latest - before));
    if (seconds.size() > KEPT) {
      seconds.remove(seconds.keySet().iterator().next());
    }
  }
}
