package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The best way with any number of changes of sides, to one of the servers. */
final class RouteSearch {
  private RouteSearch() {}

  /**
   * Ties go to local, then to the single cut, then to the lower server.
   *
   * @param legs by the server's node number
   */
  static Route best(Observation observation, IntFunction<Legs> legs, Aim aim) {
    boolean proven = true;
    Found best = SingleCut.best(observation, legs, aim);
    for (int node = 1; node <= observation.servers().size(); node++) {
      SwitchingSearch search =
          new SwitchingSearch(
              observation.graph(),
              legs.apply(node),
              aim,
              SingleCut.queue(observation),
              best.standing());
      Optional<Label> way = search.run();
      proven &= search.proven();
      if (way.isPresent()) {
        Plan plan = plan(way.get().blockEnds(), node);
        best = new Found(plan, search.expense(), aim.of(search.expense()));
      }
    }
    return best.route(aim, proven);
  }

  /** Blocks alternate between the two sides; the first is the device's. */
  private static Plan plan(List<Integer> ends, int node) {
    List<Stage> stages = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      int side = stages.size() % 2 == 0 ? Stage.DEVICE : node;
      stages.add(new Stage(side, LayerSet.range(from, end)));
      from = end;
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }
}
