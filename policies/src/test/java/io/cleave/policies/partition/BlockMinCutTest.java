package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockMinCutTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new BlockMinCut();
  }

  /** Too large for brute force, so that stretches, bounds and early stops are exercised. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsTheMinimumCutOfTheWholeOnLargeNetworks(long seed) {
    Observation observation = RandomProblems.dag(seed, 300);
    double whole = decidedSeconds(new MinCut(), observation);
    assertThat(decidedSeconds(new BlockMinCut(), observation))
        .isCloseTo(whole, within(1e-9 * whole));
  }
}
