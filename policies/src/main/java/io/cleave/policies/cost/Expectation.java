package io.cleave.policies.cost;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.List;

/**
 * What frames cost under a plan on average, and how many of them it answers rightly.
 *
 * @param estimate each figure its mean over the ways
 * @param uplinkBits that cross uplinks, the mean of a frame
 * @param accuracy NaN if nobody measured it
 */
public record Expectation(Estimate estimate, double uplinkBits, double accuracy) {
  /** Time O(exits (layers + tensors) + images). */
  public static Expectation of(Plan plan, Observation observation) {
    List<Way> ways = Way.of(plan, observation);
    Estimate mean = Estimate.ZERO;
    double bits = 0;
    double accuracy = 0;
    for (Way way : ways) {
      Estimate estimate = CostModel.price(way.itinerary(), plan, observation);
      mean = mean.plus(estimate.times(way.share()));
      bits += way.share() * PlanPrice.of(way.itinerary(), plan, observation).uplinkBits();
      accuracy += way.share() * way.accuracy();
    }
    return new Expectation(mean, bits, accuracy);
  }
}
