package io.cleave.policies.tiling;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/** Plans made of stages that are shared and stages that are not. */
final class Staged {
  private Staged() {}

  /** The stages as a plan if they are foretold to be faster than the device alone, or else that. */
  static PlanTable orLocal(List<Stage> stages, Observation observation, Terms terms) {
    Pricing pricing = new Pricing(observation, terms);
    double alone = observation.device().times().run(observation.graph().all());
    Plan plan =
        pricing.seconds(stages) < alone
            ? new Plan(stages, terms.codec(), Hedge.NEVER)
            : Plan.local(observation.graph());
    return PlanTable.constant(CostModel.entry(plan, observation));
  }

  /** Each layer by itself, shared where the rule does so, and the device's where not. */
  static List<Stage> layerByLayer(Runs runs, Divider divider) {
    List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));
    for (int end = 1; end < runs.count(); end++) {
      Stage here = new Stage(Stage.DEVICE, runs.layers(end - 1, end));
      stages.add(
          runs.divisible(end - 1, end)
              .flatMap(run -> divider.of(run, Double.POSITIVE_INFINITY))
              .map(SharedRun::stage)
              .orElse(here));
    }
    return RunEnds.joined(stages);
  }
}
