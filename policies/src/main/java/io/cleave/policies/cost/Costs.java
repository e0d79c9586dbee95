package io.cleave.policies.cost;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Weights;

/**
 * What a frame costs under a plan, in everything that somebody may want to be little.
 *
 * @param seconds until the answer
 * @param joules taken from the device, the hedge's among them
 * @param hedgeJoules of these, spent on computing beside the awaited answer
 * @param lossPoints of right answers in a hundred, against the network's last output alone in full
 *     precision: by exits, by the codec and by eight bits; below 0 if the plan's exits answer
 *     better, 0 where nothing is known
 * @param serverSeconds computed by servers
 */
public record Costs(
    double seconds, double joules, double hedgeJoules, double lossPoints, double serverSeconds) {
  /** By the cost model; time as {@link Expectation#of} says. */
  public static Costs of(Plan plan, Observation seen) {
    Expectation expected = Expectation.of(plan, seen);
    Estimate estimate = expected.estimate();
    return new Costs(
        estimate.seconds(),
        estimate.energy().joules(),
        seen.power().computeWatts() * estimate.hedgeSeconds(),
        lossPoints(expected, seen),
        estimate.serverSeconds());
  }

  /** Right answers in a hundred that a plan loses, as the component of that name. */
  public static double lossPoints(Plan plan, Observation seen) {
    return lossPoints(Expectation.of(plan, seen), seen);
  }

  private static double lossPoints(Expectation expected, Observation seen) {
    return seen.exits()
        .map(known -> 100 * (best(known) - expected.accuracy()))
        .orElse(100 * expected.lost());
  }

  private static double best(ExitAnswers known) {
    return known.accuracy(known.exits().size() - 1);
  }

  /** All of it in seconds; infinite if the plan never answers. */
  public double worth(Weights weights) {
    return seconds == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : seconds
            + weights.joules(joules)
            + weights.points(lossPoints)
            + weights.serverSeconds(serverSeconds);
  }

  /** Mean power of the device in watts. */
  public double watts(Observation seen) {
    return seen.power().meanWatts(seen.demand().framesPerSecond(), joules, seconds);
  }
}
