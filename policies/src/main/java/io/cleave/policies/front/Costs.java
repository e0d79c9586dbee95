package io.cleave.policies.front;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Expectation;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;

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
    double loss =
        seen.exits()
            .map(known -> 100 * (best(known) - expected.accuracy()))
            .orElse(100 * expected.lost());
    return new Costs(
        estimate.seconds(),
        estimate.energy().joules(),
        seen.power().computeWatts() * estimate.hedgeSeconds(),
        loss,
        estimate.serverSeconds());
  }

  private static double best(ExitAnswers known) {
    return known.accuracy(known.exits().size() - 1);
  }

  /** What {@link Front} compares: seconds, joules, lost points, server seconds. */
  double[] compared() {
    return new double[] {seconds, joules, lossPoints, serverSeconds};
  }

  /**
   * Mean power of the device in watts: a frame's joules as often as frames come, and the board's
   * idle power in between.
   */
  public double watts(Observation seen) {
    double rate = seen.demand().framesPerSecond();
    return rate * joules + seen.power().idleWatts() * Math.max(0, 1 - rate * seconds);
  }
}
