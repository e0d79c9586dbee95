package io.cleave.policies.partition;

import io.cleave.policies.cost.Costs;
import io.cleave.policies.cost.PlanPrice;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Weights;

/**
 * What one frame costs under a plan whose uplink takes so long: its seconds, and its joules, lost
 * points and servers' seconds at the user's prices. Points and servers' seconds are the same at
 * every rate and with every hedge.
 *
 * @param price of the plan, without a hedge
 * @param besides seconds that lost points and servers' seconds are worth
 */
record FrameCost(PlanPrice price, Weights weights, double besides) {
  static FrameCost of(Plan plan, Observation observation) {
    PlanPrice price = PlanPrice.of(plan, observation);
    Weights weights = observation.demand().weights();
    double points = weights.perPoint() == 0 ? 0 : Costs.lossPoints(plan, observation);
    double besides = weights.points(points) + weights.serverSeconds(price.serverSeconds());
    return new FrameCost(price, weights, besides);
  }

  /**
   * In seconds; infinite if no answer comes.
   *
   * @param sending seconds that the uplink's bits take
   * @param use what the frame keeps busy, by the same sending
   */
  double seconds(double sending, PlanPrice.Use use) {
    return use.seconds() == Double.POSITIVE_INFINITY
        ? use.seconds()
        : use.seconds() + joulesInSeconds(sending, use) + besides;
  }

  /** The same for a hedge that starts so many seconds after handing over. */
  double seconds(double sending, double delay) {
    return seconds(sending, price.use(sending, delay));
  }

  private double joulesInSeconds(double sending, PlanPrice.Use use) {
    return weights.perJoule() == 0 ? 0 : weights.joules(price.energy(sending, use).joules());
  }
}
