package io.cleave.policies.tiling;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programme of {@link RunEnds} that prices every run by every rule, and bounds nothing. */
record PlainRunEnds(
    Observation observation, List<Divider> dividers, Runs runs, Optional<Errands> errands) {
  private record Way(List<Stage> stages, double seconds) {
    static final Way NONE = new Way(List.of(), Double.POSITIVE_INFINITY);

    Way then(SharedRun run) {
      List<Stage> longer = new ArrayList<>(stages);
      longer.add(run.stage());
      return new Way(longer, seconds + run.seconds());
    }

    Way or(Way other) {
      return other.seconds < seconds ? other : this;
    }
  }

  RunEnds.Division best() {
    List<Way> byCluster = new ArrayList<>();
    List<Way> byServer = new ArrayList<>();
    byCluster.add(new Way(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))), 0));
    byServer.add(Way.NONE);
    for (int to = 1; to < runs.count(); to++) {
      Way cluster = Way.NONE;
      Way server = Way.NONE;
      for (int start = to - 1; start >= 0; start--) {
        Way before = byCluster.get(start).or(byServer.get(start));
        cluster = cluster.or(before.then(run(start, to)));
        if (errands.isPresent()) {
          Optional<SharedRun> errand = errands.get().of(runs, start, to);
          server = server.or(errand.map(byCluster.get(start)::then).orElse(Way.NONE));
        }
      }
      byCluster.add(cluster);
      byServer.add(server);
    }
    Way best = byCluster.get(runs.count() - 1).or(byServer.get(runs.count() - 1));
    return new RunEnds.Division(RunEnds.joined(best.stages()), best.seconds());
  }

  private SharedRun run(int start, int to) {
    LayerSet layers = runs.layers(start, to);
    SharedRun best = new SharedRun(layers, Stage.DEVICE, observation.device().times().run(layers));
    for (Divider divider : dividers) {
      Optional<SharedRun> other =
          runs.divisible(start, to).flatMap(run -> divider.of(run, Double.POSITIVE_INFINITY));
      if (other.isPresent() && other.get().seconds() < best.seconds()) {
        best = other.get();
      }
    }
    return best;
  }
}
