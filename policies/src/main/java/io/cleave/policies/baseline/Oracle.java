package io.cleave.policies.baseline;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;

/**
 * Takes, for each frame, the plan that really will be fastest: the bound against which planners are
 * judged.
 *
 * <p>Source: ours; the offline optimum of one frame, as in caching (Belady) or video streaming.
 *
 * <p>Complexity: one forecast for each candidate and frame. The candidates, all local, every cut in
 * topological order and every entry of the exact table for every server, are prepared once for each
 * state of the machines and kept.
 *
 * <p>Assumes: it is asked anew at the start of each frame, with the machines as they are then.
 *
 * <p>Differs from a true optimum: (1) clairvoyant for one frame but greedy across frames: it does
 * not lengthen this frame to shorten the next ones, so under queues another planner may have the
 * lower mean; (2) on a network that is no chain a cut that is in neither set of candidates could be
 * faster still when the rate changes during a transfer; (3) it needs no hedge, since it knows which
 * of the two ways wins; (4) of a network with exits it takes the last one for every frame.
 *
 * <p>Keeps candidates between calls: for one thread at a time.
 */
public final class Oracle implements Planner {
  private final Forecast forecast;
  private final OracleCandidates candidates = new OracleCandidates();

  public Oracle(Forecast forecast) {
    this.forecast = forecast;
  }

  /**
   * One plan, its entry's latency the forecast one and free of the rate. Ties go to the first in
   * the order local, servers as numbered, cuts from the input on. A forecast that is NaN or
   * infinite never wins; if all are, the plan is local.
   */
  @Override
  public PlanTable plan(Observation observation) {
    List<Plan> plans = candidates.of(observation);
    Plan best = plans.get(0);
    double bestSeconds = forecast.latencySeconds(best);
    for (Plan plan : plans.subList(1, plans.size())) {
      double seconds = forecast.latencySeconds(plan);
      if (seconds < bestSeconds || (Double.isNaN(bestSeconds) && Double.isFinite(seconds))) {
        best = plan;
        bestSeconds = seconds;
      }
    }
    return PlanTable.constant(new PlanTable.Entry(best, bestSeconds, 0));
  }
}
