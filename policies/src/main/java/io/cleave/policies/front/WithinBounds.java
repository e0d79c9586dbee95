package io.cleave.policies.front;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.WrappingPlanner;
import java.util.List;

/**
 * A planner whose plans keep what a device demands, whatever it knows of bounds itself. If its plan
 * at the observed rate keeps them its table stands; plans for other rates are looked at when these
 * are observed. Else the cheapest plan of {@link PlanSpace} that keeps them holds at every rate,
 * and if there is none the nearest, which {@link Keeping#broken} says.
 *
 * <p><b>Complexity:</b> the planner's, and {@link PlanSpace}'s if its plan breaks a bound; nothing
 * where none is set. <b>Assumes</b> that estimates are true, as {@link CostModel} does.
 */
public final class WithinBounds extends WrappingPlanner {
  /**
   * Forms that changed no answer where they were measured; others would lose what nobody counts.
   */
  private static final List<Codec> CODECS = List.of(Codec.FP32, Codec.FP16);

  private WithinBounds(Planner planner) {
    super(planner);
  }

  /** The planner, held to the bounds that it sees. */
  public static Planner around(Planner planner) {
    return new WithinBounds(planner);
  }

  @Override
  public PlanTable plan(Observation observation) {
    PlanTable table = wrapped().plan(observation);
    Bounds bounds = observation.demand().bounds();
    if (bounds.equals(Bounds.NONE)) {
      return table;
    }
    Plan now = table.at(table.uplink(observation)).plan();
    if (Keeping.keeps(Costs.of(now, observation), observation)) {
      return table;
    }
    List<Candidate> all = PlanSpace.of(observation, CODECS);
    if (all.isEmpty()) {
      return table;
    }
    Candidate best = Candidate.best(all, observation.demand().weights(), observation);
    return PlanTable.constant(CostModel.entry(best.plan(), observation));
  }

  @Override
  protected Planner wrapping(Planner other) {
    return around(other);
  }
}
