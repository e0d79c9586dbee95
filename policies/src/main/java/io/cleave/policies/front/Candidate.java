package io.cleave.policies.front;

import io.cleave.policies.cost.Costs;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Weights;
import java.util.Comparator;
import java.util.List;

/** A plan and what it costs. */
public record Candidate(Plan plan, Costs costs) {
  /** The candidates that no other one beats in all of seconds, joules, accuracy, server seconds. */
  public static List<Candidate> front(List<Candidate> all) {
    return Front.of(all, candidate -> compared(candidate.costs()));
  }

  private static double[] compared(Costs costs) {
    return new double[] {
      costs.seconds(), costs.joules(), costs.lossPoints(), costs.serverSeconds()
    };
  }

  /**
   * The cheapest of those that keep the device's bounds; if none does, the nearest: that whose
   * worst overrun is least, and of several such the cheapest. Ties go to the first.
   *
   * @throws IllegalArgumentException if there are no candidates
   */
  public static Candidate best(List<Candidate> all, Weights weights, Observation seen) {
    return all.stream()
        .min(
            Comparator.comparingDouble(
                    (Candidate one) -> Math.max(0, Keeping.overrun(one.costs(), seen)))
                .thenComparingDouble(one -> one.costs().worth(weights)))
        .orElseThrow(() -> new IllegalArgumentException("There is no plan to choose from."));
  }
}
