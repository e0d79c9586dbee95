package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures worked out by hand from {@link HandMade}. */
class CostModelTest {
  private static final double EXACT = 1e-12;
  private final Observation observation = HandMade.observation();
  private final Plan split = Plan.split(observation.graph(), LayerSet.range(0, 2), 1);

  @Test
  void localPlanTakesQueueStartAndLayers() {
    Estimate estimate = CostModel.estimate(Plan.local(observation.graph()), observation);
    assertThat(estimate.seconds()).isCloseTo(6.75, within(EXACT)); // 0.25 + 0.5 + 1 + 2 + 3
    assertThat(estimate.way().device()).isEqualTo(estimate.seconds());
    assertThat(estimate.hedgeSeconds()).isZero();
  }

  @Test
  void remotePlanSendsTheRawInputAndStartsNothingOnTheDevice() {
    Plan remote = Plan.split(observation.graph(), LayerSet.of(0), 1);
    Latency way = CostModel.estimate(remote, observation).way();
    assertThat(way.device()).isEqualTo(0.25); // the queue only
    assertThat(way.uplink()).isCloseTo(1.1, within(EXACT)); // 8000 / 8000 + 0.2 / 2
    assertThat(way.queue()).isEqualTo(0.4);
    assertThat(way.remote()).isCloseTo(0.65, within(EXACT)); // 0.05 + 0.1 + 0.2 + 0.3
    assertThat(way.downlink()).isCloseTo(0.6, within(EXACT)); // 1000 / 2000 + 0.2 / 2
    assertThat(way.seconds()).isCloseTo(3.0, within(EXACT));
  }

  @Test
  void splitPlanPaysAStartOnEachSide() {
    Estimate estimate = CostModel.estimate(split, observation);
    // device 0.25 + 0.5 + 1, up 4000 / 8000 + 0.1, queue 0.4, remote 0.05 + 0.5, down 0.6
    assertThat(estimate.seconds()).isCloseTo(1.75 + 0.6 + 0.4 + 0.55 + 0.6, within(EXACT));
  }

  @Test
  void planThatComesBackPaysEachRunAndEachTransfer() {
    Plan plan =
        stages(
            new Stage(0, LayerSet.of(0, 1)),
            new Stage(1, LayerSet.of(2)),
            new Stage(0, LayerSet.of(3)));
    Latency way = CostModel.estimate(plan, observation).way();
    assertThat(way.device()).isCloseTo(0.25 + 1.5 + 3.5, within(EXACT)); // two runs, two starts
    assertThat(way.uplink()).isCloseTo(0.6, within(EXACT));
    assertThat(way.remote()).isCloseTo(0.25, within(EXACT)); // 0.05 + 0.2
    assertThat(way.downlink()).isCloseTo(1.1, within(EXACT)); // b's 2000 / 2000 + 0.1; no return
    assertThat(way.seconds()).isCloseTo(7.6, within(EXACT));
  }

  @Test
  void planThatGoesTwiceWaitsTwiceInTheServersQueue() {
    Plan plan =
        stages(
            new Stage(0, LayerSet.of(0)),
            new Stage(1, LayerSet.of(1)),
            new Stage(0, LayerSet.of(2)),
            new Stage(1, LayerSet.of(3)));
    Latency way = CostModel.estimate(plan, observation).way();
    assertThat(way.queue()).isCloseTo(0.8, within(EXACT));
    assertThat(way.uplink()).isCloseTo(1.1 + 0.35, within(EXACT)); // input; b's 2000 / 8000 + 0.1
    assertThat(way.downlink()).isCloseTo(2.1 + 0.6, within(EXACT)); // a's 4000 / 2000 + 0.1; answer
  }

  @Test
  void halfPrecisionHalvesTransfersAndCostsAPassAtEachEnd() {
    Latency way = CostModel.estimate(split.with(Codec.FP16), observation).way();
    assertThat(way.uplink()).isCloseTo(0.25 + 0.1, within(EXACT));
    assertThat(way.codec()).isCloseTo((500 + 125) * 1e-9, within(1e-15)); // bytes before encoding
  }

  @Test
  void eightBitsQuarterTransfers() {
    Latency way = CostModel.estimate(split.with(Codec.INT8), observation).way();
    assertThat(way.uplink()).isCloseTo(0.125 + 0.1, within(EXACT));
    assertThat(way.codec()).isCloseTo((500 + 125) * 0.75e-9, within(1e-15));
  }

  @Test
  void hedgeThatStartsBeforeTheAnswerOnlyComputesBesideIt() {
    Estimate estimate = CostModel.estimate(split.with(new Hedge(2)), observation);
    assertThat(estimate.seconds()).isCloseTo(3.9, within(EXACT));
    assertThat(estimate.hedgeWins()).isFalse();
    assertThat(estimate.hedgeSeconds()).isCloseTo(0.15, within(EXACT)); // 3.9 - (1.75 + 2)
  }

  @Test
  void hedgeThatWouldStartAfterTheAnswerNeverRuns() {
    Estimate estimate = CostModel.estimate(split.with(new Hedge(2.5)), observation);
    assertThat(estimate).isEqualTo(CostModel.estimate(split, observation));
  }

  @Test
  void hedgeAnswersFirstWhenTheLinkIsSlow() {
    Observation slow = HandMade.observation(400); // a's 4000 bits take 10 s
    Estimate estimate = CostModel.estimate(split.with(new Hedge(1)), slow);
    assertThat(estimate.way().seconds()).isCloseTo(13.4, within(EXACT));
    assertThat(estimate.seconds()).isCloseTo(8.25, within(EXACT)); // 1.75 + 1 + 0.5 + 2 + 3
    assertThat(estimate.hedgeWins()).isTrue();
    assertThat(estimate.hedgeSeconds()).isCloseTo(5.5, within(EXACT));
  }

  @Test
  void outageMakesAnUnhedgedPlanEndless() {
    Observation outage = HandMade.observation(0);
    assertThat(CostModel.estimate(split, outage).seconds()).isInfinite();
    assertThat(CostModel.estimate(Plan.local(outage.graph()), outage).seconds()).isEqualTo(6.75);
  }

  @Test
  void outageLeavesTheHedge() {
    Estimate estimate = CostModel.estimate(split.with(Hedge.AT_ONCE), HandMade.observation(0));
    assertThat(estimate.seconds()).isCloseTo(7.25, within(EXACT)); // local and one start more
  }

  @Test
  void localPlanHasNothingToHedge() {
    Plan hedged = Plan.local(observation.graph()).with(Hedge.AT_ONCE);
    assertThat(CostModel.estimate(hedged, observation).hedgeSeconds()).isZero();
  }

  /** The line that a table holds is the estimate, for every rate. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void costLineEqualsTheEstimateAtEveryRate(long seed) {
    Observation random = RandomProblems.dag(seed, 8);
    for (Plan plan : BruteForce.plans(random)) {
      PlanTable.Entry entry = CostModel.entry(plan, random);
      for (double rate : new double[] {0, 1e3, 1e6, 1e11}) {
        Bandwidth up = new Bandwidth(rate);
        double seconds = CostModel.estimate(plan, RandomProblems.atUplink(random, up)).seconds();
        assertThat(entry.seconds(up)).isCloseTo(seconds, within(1e-12 * Math.min(seconds, 1e9)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hedgedFrameIsLaterThanNeitherWay(long seed) {
    Observation random = RandomProblems.dag(seed, 7);
    double start = random.device().times().startSeconds();
    double local = CostModel.estimate(Plan.local(random.graph()), random).seconds();
    for (Plan plan : BruteForce.plans(random)) {
      double unhedged = CostModel.estimate(plan, random).seconds();
      double hedged = CostModel.estimate(plan.with(Hedge.AT_ONCE), random).seconds();
      assertThat(hedged).isLessThanOrEqualTo(Math.min(unhedged, local + start) * (1 + 1e-12));
    }
  }

  private static Plan stages(Stage... stages) {
    return new Plan(List.of(stages), Codec.FP32, Hedge.NEVER);
  }
}
