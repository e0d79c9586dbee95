package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What frames cost under a plan on average, and how many of them it answers rightly.
 *
 * @param estimate each figure its mean over the ways
 * @param uplinkBits that cross uplinks, the mean of a frame
 * @param accuracy with {@code lost} taken off; NaN if nobody measured it
 * @param lost share of right answers, 0 to 1, that the forms of numbers cost: the codec's, of
 *     frames that are handed over, where the plan first does so, and eight bits', of all; nothing
 *     where it was not measured
 */
public record Expectation(Estimate estimate, double uplinkBits, double accuracy, double lost) {
  /** Time O(exits (layers + tensors) + images). */
  public static Expectation of(Plan plan, Observation observation) {
    List<Way> ways = Way.of(plan, observation);
    Estimate mean = Estimate.ZERO;
    double bits = 0;
    double accuracy = 0;
    double byCodec = byCodec(plan, observation.graph());
    double lost = byEightBits(plan, observation.graph());
    for (Way way : ways) {
      Estimate estimate = CostModel.price(way.itinerary(), plan, observation);
      mean = mean.plus(estimate.times(way.share()));
      bits += way.share() * PlanPrice.of(way.itinerary(), plan, observation).uplinkBits();
      accuracy += way.share() * way.accuracy();
      lost += byCodec > 0 && way.itinerary().handsOver() ? way.share() * byCodec : 0;
    }
    return new Expectation(mean, bits, accuracy - lost, lost);
  }

  private static double byEightBits(Plan plan, DnnGraph graph) {
    return plan.stages().stream()
        .filter(stage -> stage.precision() == Precision.INT8)
        .flatMap(stage -> graph.eightBits(stage.layers()).stream())
        .mapToDouble(EightBits::accuracyLoss)
        .filter(Double::isFinite) // not known otherwise
        .map(loss -> Math.max(0, loss))
        .sum();
  }

  /** By the crossing tensor that loses most. */
  private static double byCodec(Plan plan, DnnGraph graph) {
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
