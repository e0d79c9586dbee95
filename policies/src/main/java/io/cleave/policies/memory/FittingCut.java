package io.cleave.policies.memory;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import java.util.Optional;

/**
 * Who must make do with what fits: all on the device if it has the memory, else the cheapest single
 * cut of the sorted layers that leaves parts that the device and one server have the memory for.
 *
 * <p><b>Complexity:</b> O(servers x layers x (layers + tensors)). <b>Assumes</b> constant rates, as
 * {@link CostModel} does. Ties go to the first server and the cut nearest the input.
 */
public final class FittingCut {
  private FittingCut() {}

  /**
   * One plan for all rates.
   *
   * @throws TooLittleMemory if none fits; the message says what is needed and what is there
   */
  public static PlanTable of(Observation seen) {
    Plan local = Plan.local(seen.graph(), seen.exits());
    Plan plan =
        Fit.fits(local, seen) ? local : cut(seen).orElseThrow(() -> TooLittleMemory.of(seen));
    return PlanTable.constant(CostModel.entry(plan, seen));
  }

  private static Optional<Plan> cut(Observation seen) {
    DnnGraph graph = seen.graph();
    Optional<Plan> best = Optional.empty();
    double least = Double.POSITIVE_INFINITY;
    for (int node = 1; node <= seen.servers().size(); node++) {
      for (int layers = 1; layers < graph.size(); layers++) {
        Plan plan = split(seen, LayerSet.range(0, layers), node);
        if (Fit.fits(plan, seen)) {
          double cost = Costs.of(plan, seen).worth(seen.demand().weights());
          if (best.isEmpty() || cost < least) { // in an outage nothing is below infinity
            best = Optional.of(plan);
            least = cost;
          }
        }
      }
    }
    return best;
  }

  private static Plan split(Observation seen, LayerSet near, int node) {
    return seen.exits()
        .map(exits -> ExitRule.only(exits.classes(), exits.exits().size() - 1))
        .map(rule -> Plan.split(seen.graph(), rule, near, node))
        .orElseGet(() -> Plan.split(seen.graph(), near, node));
  }
}
