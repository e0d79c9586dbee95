package io.cleave.policies.shares;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which consecutive layers keep the same cut, with a halo that grows, until gathering the pieces
 * pays: the exact optimum over all ways to divide a network into runs that the device runs alone
 * and runs that are shared.
 *
 * <p><b>Idea:</b> the best way to a cut position is the best way to an earlier one and one run from
 * there. <b>Source:</b> the dynamic programme over fused layers of AOFL (Zhou et al., SEC 2019),
 * with the shares of DINA-P within a run. <b>Complexity:</b> O(p^2) runs for p positions at which
 * one layer's output is all that is open. <b>Assumes</b> that runs cost the same whatever is before
 * them. <b>Differs:</b> runs begin and end at such positions only, so that a branch of an Inception
 * block is never shared without its siblings.
 */
final class RunEnds {
  private final Observation observation;
  private final Shares shares;
  private final Runs runs;

  RunEnds(Observation observation, Terms terms) {
    this(observation, terms, Runs.of(observation.graph()));
  }

  /**
   * @param runs of the observation's network
   */
  RunEnds(Observation observation, Terms terms, Runs runs) {
    this.observation = observation;
    this.shares = new Shares(observation, terms);
    this.runs = runs;
  }

  /**
   * All layers in stages.
   *
   * @param seconds that they take one after the other, the device's queue apart
   */
  record Division(List<Stage> stages, double seconds) {}

  Division best() {
    int count = runs.count();
    double[] seconds = new double[count];
    int[] from = new int[count];
    List<Stage> stageTo = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));
    for (int to = 1; to < count; to++) {
      seconds[to] = Double.POSITIVE_INFINITY;
      Stage best = stageTo.get(0);
      for (int start = 0; start < to; start++) {
        Shares.Shared run = run(start, to);
        if (seconds[start] + run.seconds() < seconds[to]) {
          seconds[to] = seconds[start] + run.seconds();
          from[to] = start;
          best = run.stage();
        }
      }
      stageTo.add(best);
    }
    List<Stage> stages = new ArrayList<>();
    for (int to = count - 1; to > 0; to = from[to]) {
      stages.add(0, stageTo.get(to));
    }
    stages.add(0, stageTo.get(0));
    return new Division(joined(stages), seconds[count - 1]);
  }

  /** The better of alone and shared. */
  private Shares.Shared run(int start, int end) {
    LayerSet layers = runs.layers(start, end);
    LayerTimes here = observation.device().times();
    Shares.Shared alone = new Shares.Shared(new Stage(Stage.DEVICE, layers), here.run(layers));
    return runs.divisible(start, end)
        .flatMap(shares::of)
        .filter(shared -> shared.seconds() < alone.seconds())
        .orElse(alone);
  }

  /** Runs of the device that follow each other are one, the input included. */
  private static List<Stage> joined(List<Stage> stages) {
    List<Stage> joined = new ArrayList<>();
    for (Stage stage : stages) {
      int last = joined.size() - 1;
      boolean both = last >= 0 && stage.sharing().isEmpty() && joined.get(last).sharing().isEmpty();
      if (both) {
        joined.set(last, stage.with(joined.get(last).layers().union(stage.layers())));
      } else {
        joined.add(stage);
      }
    }
    return joined;
  }
}
