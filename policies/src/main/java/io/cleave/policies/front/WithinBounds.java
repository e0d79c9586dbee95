package io.cleave.policies.front;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.plan.Influence;
import io.cleave.policies.plan.LearningPoint;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.units.Bandwidth;
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
public final class WithinBounds implements Planner {
  /**
   * Forms that changed no answer where they were measured; others would lose what nobody counts.
   */
  private static final List<Codec> CODECS = List.of(Codec.FP32, Codec.FP16);

  private final Planner planner;

  private WithinBounds(Planner planner) {
    this.planner = planner;
  }

  /** The planner, held to the bounds that it sees. */
  public static Planner around(Planner planner) {
    return new WithinBounds(planner);
  }

  @Override
  public PlanTable plan(Observation observation) {
    PlanTable table = planner.plan(observation);
    Bounds bounds = observation.demand().bounds();
    if (bounds.equals(Bounds.NONE)) {
      return table;
    }
    Plan now = table.at(rate(table, observation)).plan();
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

  /** Of the uplink that the table decides about, as it is now. */
  private static Bandwidth rate(PlanTable table, Observation seen) {
    return seen.server(Math.max(1, table.server())).link().up();
  }

  @Override
  public double[] learned(Observation seen, int node, List<Plan> plans) {
    return planner.learned(seen, node, plans);
  }

  @Override
  public List<Influence> influences(Observation seen, int node, Plan plan) {
    return planner.influences(seen, node, plan);
  }

  @Override
  public List<LearningPoint> learningCurve() {
    return planner.learningCurve();
  }

  @Override
  public Guarded guarded() {
    return planner.guarded();
  }

  @Override
  public Planner cautious() {
    return planner.cautious() == planner ? this : around(planner.cautious());
  }

  @Override
  public boolean knowsExits() {
    return planner.knowsExits();
  }
}
