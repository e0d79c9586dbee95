package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModeSwitchingCutTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new ModeSwitchingCut();
  }

  @Override
  boolean optimalOnChains() {
    return false;
  }

  @Override
  boolean optimalOnDags() {
    return false;
  }

  @Override
  boolean neverWorseThanLocal() {
    return false;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void minimisesLatencyWhileFramesAreRare(long seed) {
    Observation rare = at(RandomProblems.dag(seed, 14), 1e-6);
    assertSame(new ModeSwitchingCut().plan(rare), new MinCut().plan(rare));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void relievesTheBusiestStageWhenFramesPileUp(long seed) {
    Observation many = at(RandomProblems.dag(seed, 14), 1e9);
    assertSame(new ModeSwitchingCut().plan(many), new BottleneckCut().plan(many));
  }

  private static void assertSame(PlanTable table, PlanTable expected) {
    assertThat(table.entries()).isEqualTo(expected.entries());
  }

  private static Observation at(Observation o, double framesPerSecond) {
    Demand demand = new Demand(framesPerSecond, Double.POSITIVE_INFINITY, 0);
    return new Observation(o.graph(), o.device(), o.power(), o.servers(), demand);
  }
}
