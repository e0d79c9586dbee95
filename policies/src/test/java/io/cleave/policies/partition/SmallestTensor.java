package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.units.Bandwidth;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cuts where the fewest bytes cross, if that beats staying local.
 *
 * <p>Source: ours; the example of docs/add-a-planner.md.
 *
 * <p>Complexity: O(layers x tensors).
 *
 * <p>Assumes: only the first server is worth asking.
 *
 * <p>Differs: in nothing.
 */
public final class SmallestTensor implements Planner {
  @Override
  public PlanTable plan(Observation observation) {
    DnnGraph graph = observation.graph();
    LayerSet near =
        IntStream.range(1, graph.size())
            .mapToObj(cut -> LayerSet.range(0, cut))
            .min(Comparator.comparing(layers -> graph.cut(layers).size()))
            .orElse(graph.all());
    PlanTable.Entry local = CostModel.entry(Plan.local(graph), observation);
    PlanTable.Entry split = CostModel.entry(Plan.split(graph, near, 1), observation);
    Bandwidth up = observation.server(1).link().up();
    return PlanTable.constant(split.seconds(up) < local.seconds(up) ? split : local);
  }
}
