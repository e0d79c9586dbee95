package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionProblemTest {
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void pricesEveryCutAsTheCostModelDoes(long seed) {
    Observation observation = RandomProblems.dag(seed, 12);
    for (int node = 1; node <= observation.servers().size(); node++) {
      PartitionProblem problem = PartitionProblem.of(observation, node);
      double x = observation.server(node).link().up().secondsPerBit();
      for (LayerSet near : BruteForce.downClosed(observation.graph())) {
        Plan plan = Plan.split(observation.graph(), near, node);
        double expected = CostModel.estimate(plan, observation).seconds();
        double seconds = problem.seconds(near, x);
        if (expected == Double.POSITIVE_INFINITY) {
          assertThat(seconds).isEqualTo(expected);
        } else {
          assertThat(seconds).isCloseTo(expected, within(1e-12 * expected));
        }
        assertThat(problem.entry(near).secondsAt(x)).isEqualTo(seconds);
      }
    }
  }

  @Test
  void refusesTheDeviceAsServer() {
    assertThatThrownBy(() -> PartitionProblem.of(RandomProblems.chain(1, 5), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }
}
