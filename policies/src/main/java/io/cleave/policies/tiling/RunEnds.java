package io.cleave.policies.tiling;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which consecutive layers keep the same cut, with a halo that grows, until gathering the pieces
 * pays: the exact optimum over all ways to divide a network into runs that the device runs alone
 * and runs that are shared.
 *
 * <p><b>Idea:</b> the best way to a cut position is the best way to an earlier one and one run from
 * there. <b>Source:</b> the dynamic programme over fused layers of AOFL (Zhou et al., SEC 2019),
 * for any rule by which a run is shared. <b>Complexity:</b> O(p^2) runs for p positions at which
 * one layer's output is all that is open. <b>Assumes</b> that runs cost the same whatever is before
 * them. <b>Differs:</b> runs begin and end at such positions only, so that a branch of an Inception
 * block is never shared without its siblings.
 */
final class RunEnds {
  private final Observation observation;
  private final List<Divider> dividers;
  private final Runs runs;
  private final Optional<Errands> errands;
  private final Terms terms;

  /**
   * @param divider how a run is shared
   * @param runs of the observation's network
   */
  RunEnds(Observation observation, Terms terms, Divider divider, Runs runs) {
    this(observation, terms, List.of(divider), runs, Optional.empty());
  }

  /**
   * @param dividers how a run may be shared
   * @param runs of the observation's network
   * @param errands by which a run may be a server's alone
   */
  RunEnds(
      Observation observation,
      Terms terms,
      List<Divider> dividers,
      Runs runs,
      Optional<Errands> errands) {
    this.observation = observation;
    this.dividers = dividers;
    this.runs = runs;
    this.errands = errands;
    this.terms = terms;
  }

  /**
   * All layers in stages.
   *
   * @param seconds that they take one after the other, the device's queue apart
   */
  record Division(List<Stage> stages, double seconds) {}

  /** The best way to a place, by who ran its last run. */
  private record Ways(Way byCluster, Way byServer) {
    Way best() {
      return byServer.seconds() < byCluster.seconds() ? byServer : byCluster;
    }
  }

  /** Stages up to a place, and what they take. */
  private record Way(List<Stage> stages, double seconds) {
    static final Way NONE = new Way(List.of(), Double.POSITIVE_INFINITY);

    Way then(SharedRun run) {
      List<Stage> longer = new ArrayList<>(stages);
      longer.add(run.stage());
      return new Way(longer, seconds + run.seconds());
    }
  }

  Division best() {
    List<Ways> ways = new ArrayList<>();
    ways.add(new Ways(new Way(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))), 0), Way.NONE));
    for (int to = 1; to < runs.count(); to++) {
      Way byCluster = Way.NONE;
      Way byServer = Way.NONE;
      for (int start = to - 1; start >= 0; start--) {
        Way before = ways.get(start).best();
        SharedRun run = run(start, to, byCluster.seconds() - before.seconds());
        if (before.seconds() + run.seconds() < byCluster.seconds()) {
          byCluster = before.then(run);
        }
        // Servers do not talk to each other, so none follows another.
        Way alone = ways.get(start).byCluster();
        LayerSet layers = runs.layers(start, to);
        Optional<SharedRun> errand = errands.flatMap(each -> each.of(layers));
        if (errand.isPresent() && alone.seconds() + errand.get().seconds() < byServer.seconds()) {
          byServer = alone.then(errand.get());
        }
      }
      ways.add(new Ways(byCluster, byServer));
    }
    Way best = ways.get(ways.size() - 1).best();
    return new Division(joined(best.stages()), best.seconds());
  }

  /**
   * The better of alone and shared.
   *
   * @param enough what takes as long or longer is of no use
   */
  private SharedRun run(int start, int end, double enough) {
    LayerSet layers = runs.layers(start, end);
    double here = observation.device().times().run(layers);
    SharedRun best = new SharedRun(new Stage(Stage.DEVICE, layers), here);
    Optional<Divisible> divisible = runs.divisible(start, end);
    if (divisible.isPresent()
        && LeastTime.of(observation, terms, divisible.get()) >= Math.min(enough, here)) {
      return best;
    }
    for (Divider divider : dividers) {
      double limit = Math.min(enough, best.seconds());
      best = better(divisible.flatMap(run -> divider.of(run, limit)), best);
    }
    return best;
  }

  private static SharedRun better(Optional<SharedRun> other, SharedRun best) {
    return other.filter(run -> run.seconds() < best.seconds()).orElse(best);
  }

  /** Runs of one machine that follow each other are one, the input included. */
  static List<Stage> joined(List<Stage> stages) {
    List<Stage> joined = new ArrayList<>();
    for (Stage stage : stages) {
      int last = joined.size() - 1;
      boolean both =
          last >= 0
              && stage.node() == joined.get(last).node()
              && stage.sharing().isEmpty()
              && joined.get(last).sharing().isEmpty();
      if (both) {
        joined.set(last, stage.with(joined.get(last).layers().union(stage.layers())));
      } else {
        joined.add(stage);
      }
    }
    return joined;
  }
}
