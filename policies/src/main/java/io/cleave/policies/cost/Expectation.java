package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What frames cost under a plan on average, and how many of them it answers rightly.
 *
 * @param estimate each figure its mean over the ways
 * @param uplinkBits that cross uplinks, the mean of a frame
 * @param accuracy NaN if nobody measured it; less what the codec was measured to cost frames that
 *     are handed over, where the plan first does so
 */
public record Expectation(Estimate estimate, double uplinkBits, double accuracy) {
  /** Time O(exits (layers + tensors) + images). */
  public static Expectation of(Plan plan, Observation observation) {
    List<Way> ways = Way.of(plan, observation);
    Estimate mean = Estimate.ZERO;
    double bits = 0;
    double accuracy = 0;
    double lost = lost(plan, observation.graph());
    for (Way way : ways) {
      Estimate estimate = CostModel.price(way.itinerary(), plan, observation);
      mean = mean.plus(estimate.times(way.share()));
      bits += way.share() * PlanPrice.of(way.itinerary(), plan, observation).uplinkBits();
      double costs = lost > 0 && way.itinerary().handsOver() ? lost : 0;
      accuracy += way.share() * (way.accuracy() - costs);
    }
    return new Expectation(mean, bits, accuracy);
  }

  /** Share of right answers that the codec costs, by the crossing tensor that loses most. */
  private static double lost(Plan plan, DnnGraph graph) {
    LayerSet near = plan.near();
    LayerSet far =
        plan.stages().stream()
            .filter(stage -> stage.sharing().isEmpty())
            .map(Stage::layers)
            .reduce(LayerSet.of(), LayerSet::union)
            .minus(near);
    double lost = 0;
    for (int t = 0; t < graph.tensors().size(); t++) {
      if (near.contains(graph.tensor(t).producer())
          && IntStream.of(graph.consumers(t)).anyMatch(far::contains)) {
        lost = Math.max(lost, plan.codec().lost(graph.tensor(t)));
      }
    }
    return lost;
  }
}
