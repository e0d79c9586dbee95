package io.cleave.policies.front;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;

/**
 * The plan that costs least when time, joules, right answers and servers' seconds have the demand's
 * prices: of all plans of a device ({@link PlanSpace}) that keep its bounds, at the rates observed.
 *
 * <p><b>Source:</b> our own. <b>Complexity:</b> {@link PlanSpace}'s, at every decision.
 * <b>Assumes</b> that estimates are true, so that it hedges against nothing; and that what costs no
 * right answers in {@link Costs} costs none.
 *
 * @param codecs in which tensors may cross
 */
public record LeastCost(List<Codec> codecs) implements Planner {
  public LeastCost {
    codecs = List.copyOf(codecs);
  }

  @Override
  public PlanTable plan(Observation observation) {
    List<Candidate> all = PlanSpace.of(observation, codecs);
    Plan plan =
        all.isEmpty()
            ? Plan.local(observation.graph(), observation.exits())
            : Candidate.best(all, observation.demand().weights(), observation).plan();
    return PlanTable.constant(CostModel.entry(plan, observation));
  }

  @Override
  public boolean knowsExits() {
    return true;
  }
}
