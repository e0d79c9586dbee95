package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinCutTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new MinCut();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsPushRelabelOnThePublishedGraph(long seed) {
    Observation observation = RandomProblems.dag(seed, 60);
    double seconds = decidedSeconds(new MinCut(), observation);
    double best = Local.entry(observation).fixedSeconds();
    for (int node = 1; node <= observation.servers().size(); node++) {
      double x = observation.server(node).link().up().secondsPerBit();
      if (x < Double.POSITIVE_INFINITY) {
        PartitionProblem problem = PartitionProblem.of(observation, node);
        best = Math.min(best, new PublishedGraph(problem, x, seconds).seconds());
      }
    }
    assertThat(seconds).isCloseTo(best, within(1e-9 * best));
  }
}
