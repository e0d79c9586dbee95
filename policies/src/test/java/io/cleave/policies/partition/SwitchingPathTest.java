package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SwitchingPathTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new SwitchingPath(Objective.LATENCY);
  }

  @Override
  boolean optimalOnChains() {
    return false; // of single cuts; several switches may be better still
  }

  @Override
  boolean optimalOnDags() {
    return false;
  }

  /**
   * The server is fast for b only and the last tensor is large: a on the device, b on the server, c
   * on the device again. 1 + (1 + 0.1) + 0.1 + (0.5 + 0.1) + 1 = 3.8 s with tensors of 4000 bits up
   * and 1000 down; local takes 1 + 9 + 1 = 11 s, every single cut pays 5 s for c on the server.
   */
  @Test
  void comesBackToTheDeviceWhenThatPays() {
    Observation observation = seesaw();
    Plan plan = planner().plan(observation).entries().get(0).plan();
    assertThat(plan.stages())
        .containsExactly(
            new Stage(0, LayerSet.of(0, 1)),
            new Stage(1, LayerSet.of(2)),
            new Stage(0, LayerSet.of(3)));
    assertThat(CostModel.estimate(plan, observation).seconds()).isCloseTo(3.8, within(1e-12));
  }

  /** All 2^n placements of n layers, by the cost model alone. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsExhaustiveSwitchingOnChains(long seed) {
    Observation chain = RandomProblems.chain(seed, seed % 10 == 0 ? 12 : 8);
    for (Objective objective : Objective.values()) {
      double best = Double.POSITIVE_INFINITY;
      for (int node = 1; node <= chain.servers().size(); node++) {
        for (int far = 0; far < 1 << (chain.graph().size() - 1); far++) {
          best = Math.min(best, cost(objective, placed(far, chain.graph().size(), node), chain));
        }
      }
      Plan decided = decide(new SwitchingPath(objective), chain).plan();
      assertThat(cost(objective, decided, chain))
          .as("%s, seed %d", objective, seed)
          .isCloseTo(best, within(1e-9 * best));
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void isNeverWorseThanASingleCut(Objective objective) {
    for (long seed = 0; seed < 200; seed++) {
      Observation dag = RandomProblems.dag(seed, 14);
      double single = cost(objective, decide(new ChainSplit(objective), dag).plan(), dag);
      assertThat(cost(objective, decide(new SwitchingPath(objective), dag).plan(), dag))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(single * (1 + 1e-12));
    }
  }

  private static double cost(Objective objective, Plan plan, Observation observation) {
    return objective.cost(CostModel.estimate(plan, observation));
  }

  /** Layer i + 1 is on the server if bit i is set; neighbours on one side are one run. */
  private static Plan placed(int far, int layers, int node) {
    List<Stage> stages = new ArrayList<>();
    int from = 0;
    for (int layer = 1; layer <= layers; layer++) {
      boolean ends = layer == layers || side(far, layer) != side(far, layer - 1);
      if (ends) {
        stages.add(new Stage(node * side(far, layer - 1), LayerSet.range(from, layer)));
        from = layer;
      }
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }

  private static int side(int far, int layer) {
    return layer == 0 ? 0 : far >> (layer - 1) & 1;
  }

  private static Observation seesaw() {
    LinkState link = new LinkState(new Bandwidth(4000), new Bandwidth(2000), 0.2, RateError.NONE);
    Observation base = HandMade.observation();
    return new Observation(
        HandMade.chain(2000, 500, 125, 1000),
        new NodeState("device", LayerTimes.of(new double[] {0, 1, 9, 1}, 0), 0),
        base.power(),
        List.of(
            new ServerState(
                new NodeState("server", LayerTimes.of(new double[] {0, 5, 0.1, 5}, 0), 0), link)),
        base.demand());
  }
}
