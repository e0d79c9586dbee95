package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainSplitTest extends PartitionPlannerContract {
  @Override
  Planner planner() {
    return new ChainSplit(Objective.LATENCY);
  }

  @Override
  boolean optimalOnDags() {
    return false;
  }

  /** Worked out in {@link HandMade}: at 8000 bit/s, remote 3.0 s, behind a 3.9 s, local 6.75 s. */
  @Test
  void sendsTheInputOverAFastLink() {
    assertThat(near(Objective.LATENCY, 8000)).isEqualTo(LayerSet.of(0));
  }

  /** At 2000 bit/s: remote 6 s, behind a 5.4 s, behind b 0.25 + 3.5 + 1.1 + 0.4 + 0.35 + 0.6. */
  @Test
  void cutsBehindASmallTensorOverASlowerLink() {
    assertThat(near(Objective.LATENCY, 2000)).isEqualTo(LayerSet.of(0, 1));
  }

  /** At 100 bit/s even b's 2000 bits take 20 s. */
  @Test
  void staysLocalOverASlowLink() {
    assertThat(near(Objective.LATENCY, 100)).isEqualTo(LayerSet.of(0, 1, 2, 3));
  }

  /**
   * At 1000 bit/s, in joules. Local 26. Remote: radio 0.004 + 16 + 1.0002, idle 8.1 + 1.05 + 0.6:
   * 26.75. Behind a: 6 + 0.002 + 8 + 1.0002 + 4.1 + 0.95 + 0.6 = 20.65. Behind b: 14 + 0.001 + 4 +
   * 1.0002 + 2.1 + 0.75 + 0.6 = 22.45. In seconds: remote 10, behind a 7.4, behind b 7.2, local
   * 6.75.
   */
  @Test
  void savesEnergyByTakingLonger() {
    assertThat(near(Objective.ENERGY, 1000)).isEqualTo(LayerSet.of(0, 1));
    assertThat(near(Objective.LATENCY, 1000)).isEqualTo(LayerSet.of(0, 1, 2, 3));
  }

  @Test
  void neverWaitsForEverToSaveEnergy() {
    Observation outage = HandMade.observation(0);
    Plan plan = new ChainSplit(Objective.ENERGY).plan(outage).entries().get(0).plan();
    assertThat(plan.isLocal()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsBothMinimumCutsOnChains(long seed) {
    Observation chain = RandomProblems.chain(seed, 40);
    double seconds = decidedSeconds(planner(), chain);
    assertThat(decidedSeconds(new MinCut(), chain)).isCloseTo(seconds, within(1e-9 * seconds));
    assertThat(decidedSeconds(new BlockMinCut(), chain)).isCloseTo(seconds, within(1e-9 * seconds));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isNeverBetterThanAMinimumCutOnAnyNetwork(long seed) {
    Observation dag = RandomProblems.dag(seed, 30);
    assertThat(decidedSeconds(planner(), dag))
        .isGreaterThanOrEqualTo(decidedSeconds(new MinCut(), dag) * (1 - 1e-9));
  }

  /** Least joules over all cuts in topological order, by the cost model alone. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void takesTheLeastJoulesOfAllCuts(long seed) {
    for (Observation observation :
        new Observation[] {RandomProblems.chain(seed, 14), RandomProblems.dag(seed, 14)}) {
      double best = joules(Plan.local(observation.graph()), observation);
      for (int node = 1; node <= observation.servers().size(); node++) {
        for (int cut = 1; cut < observation.graph().size(); cut++) {
          Plan plan = Plan.split(observation.graph(), LayerSet.range(0, cut), node);
          best = Math.min(best, joules(plan, observation));
        }
      }
      Plan decided = decide(new ChainSplit(Objective.ENERGY), observation).plan();
      assertThat(joules(decided, observation)).isCloseTo(best, within(1e-9 * best));
    }
  }

  private static double joules(Plan plan, Observation observation) {
    return Objective.ENERGY.cost(CostModel.estimate(plan, observation));
  }

  private static LayerSet near(Objective objective, double upBitsPerSecond) {
    Observation observation = HandMade.observation(upBitsPerSecond);
    return new ChainSplit(objective).plan(observation).entries().get(0).plan().near();
  }
}
