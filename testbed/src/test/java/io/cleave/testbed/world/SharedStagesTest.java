package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.tiling.FusedTiles;
import io.cleave.policies.tiling.Grid;
import io.cleave.policies.tiling.Terms;
import io.cleave.policies.tiling.WeightShards;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedStagesTest {
  private static final DnnGraph ALEXNET = SharedScenes.ALEXNET;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatThePlannerSharesTakesWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 3, 3.5, 5).map(Math::exp).toArray(); // 33 to 148
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Codec codec = List.of(Codec.values()).get((int) (seed % 3));
    Plan plan = SharedScenes.planned(seen, codec);
    double predicted = CostModel.estimate(plan, seen).seconds();
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));

    assertThat(plan.isLocal()).isFalse();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) { // no helper was so late that the device stepped in
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    }
    // Three halves: who is waited for as long as it would take to make a piece, at least 50 ms.
    assertThat(frame.latencySeconds()).isLessThan(1.5 * predicted + 1e-9);
  }

  /** Channels, neurons and summands. */
  @ParameterizedTest
  @MethodSource("seeds")
  void shardedWeightsTakeWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 3, 4.6, 5).map(Math::exp).toArray(); // 99 to 148
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Terms terms = new Terms(Codec.FP16, Airtime.SEPARATE);
    Plan plan = new WeightShards(terms).plan(seen).entries().get(0).plan();
    double predicted = CostModel.estimate(plan, seen).seconds();
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
    assertThat(plan.isLocal()).isFalse();
    assertThat(frame.outcome().hedgeJoules()).isZero(); // nobody was so late that the device helped
    assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
  }

  @Test
  void mostOfWhatThePlannerSharesNeedsNoHelpOfTheDevice() {
    long inTime =
        seeds()
            .filter(
                seed -> {
                  double[] mbps = {50 + 2 * seed, 150 - seed};
                  Scenario scenario =
                      SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
                  Plan plan =
                      SharedScenes.planned(SharedScenes.observation(scenario, mbps), Codec.FP32);
                  List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(plan), seed);
                  return SharedScenes.last(frames).outcome().hedgeJoules() == 0;
                })
            .count();
    assertThat(inTime).isGreaterThanOrEqualTo(36);
  }

  /** Shares at random, with halos of several fused layers, the device with and without a piece. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anySharesTakeWhatTheCostModelSays(long seed) {
    double[] mbps = {150, 150};
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Plan plan =
        SharedScenes.shuffled(SharedScenes.planned(seen, Codec.FP32), new SplittableRandom(seed));
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));

    double predicted = CostModel.estimate(plan, seen).seconds();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) {
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    } else {
      assertThat(frame.latencySeconds()).isNotCloseTo(predicted, within(1e-9));
    }
  }

  /** Tiles that whoever is free takes: who takes which is as foretold, and so is the time. */
  @ParameterizedTest
  @MethodSource("seeds")
  void stolenTilesTakeWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 3, 3.5, 5).map(Math::exp).toArray(); // 33 to 148
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Codec codec = List.of(Codec.values()).get((int) (seed % 3));
    Grid grid = new Grid(random.nextInt(1, 4), random.nextInt(2, 5));
    Terms terms = new Terms(codec, Airtime.SEPARATE);
    Plan plan = new FusedTiles(grid, OptionalInt.empty(), terms).plan(seen).entries().get(0).plan();
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
    double predicted = CostModel.estimate(plan, seen).seconds();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) { // nobody was so late that the device stepped in
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    }
    assertThat(frame.latencySeconds()).isLessThan(1.5 * predicted + 1e-9);
  }

  /** So that the test above looks at something. */
  @Test
  void mostStolenTilesNeedNoHelpOfTheDevice() {
    double[] mbps = {140, 140};
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Terms terms = new Terms(Codec.FP32, Airtime.SEPARATE);
    for (Grid grid : List.of(new Grid(1, 2), new Grid(2, 2), new Grid(2, 3))) {
      Plan plan =
          new FusedTiles(grid, OptionalInt.empty(), terms).plan(seen).entries().get(0).plan();
      FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), 1));
      assertThat(plan.isLocal()).as("%s", grid).isFalse();
      assertThat(frame.outcome().hedgeJoules()).as("%s", grid).isZero();
    }
  }

  @Test
  void someOfTheSharesDrawnAtRandomAreInTime() {
    double[] mbps = {150, 150};
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Plan planned = SharedScenes.planned(SharedScenes.observation(scenario, mbps), Codec.FP32);
    long inTime =
        seeds()
            .mapToObj(seed -> SharedScenes.shuffled(planned, new SplittableRandom(seed)))
            .map(plan -> SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), 1)))
            .filter(frame -> frame.outcome().hedgeJoules() == 0)
            .count();
    assertThat(inTime).isBetween(10L, 39L);
  }

  /** 10 s of 150 Mbit/s, then an outage; a frame each 10 s. */
  @Test
  void theDeviceMakesThePieceOfAHelperThatIsAway() {
    Trace link = Worlds.trace(10, SharedScenes.RTT, 150, 0, 0);
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(0.1), List.of(link));
    Observation seen = SharedScenes.observation(scenario, 150);
    Plan plan = SharedScenes.halves();
    List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(plan), 1);

    LayerTimes times = seen.device().times();
    LayerSet first = plan.stages().get(1).layers();
    Sharing sharing = plan.stages().get(1).sharing().orElseThrow();
    double own = SharedScenes.piece(first, sharing, 0).seconds(times);
    double other = SharedScenes.piece(first, sharing, 1).seconds(times);
    double rest = times.run(plan.stages().get(2).layers());
    // Its own piece, as long again as the other would take here, then the other.
    double away = own + Math.max(0.05, other) + other + rest;
    assertThat(frames).hasSize(30);
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 >= 10)
        .hasSizeGreaterThan(15)
        .allSatisfy(frame -> assertThat(frame.latencySeconds()).isCloseTo(away, within(1e-9)));
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 < 5)
        .isNotEmpty()
        .allSatisfy(
            frame -> {
              double predicted = CostModel.estimate(plan, seen).seconds();
              assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
            });
  }

  /** Two shared stages: who was late for the first is not asked for the second. */
  @Test
  void aLateHelperIsAskedForNothingElseInTheFrame() {
    Scenario scenario =
        SharedScenes.scenario(
            SharedScenes.slow(0.1), List.of(Worlds.trace(10, SharedScenes.RTT, 150, 0, 0)));
    Observation seen = SharedScenes.observation(scenario, 150);
    Plan once = SharedScenes.halves();
    List<Stage> stages = new ArrayList<>(once.stages().subList(0, 2));
    LayerSet pool = LayerSet.of(2);
    stages.add(Stage.shared(pool, SharedScenes.split(pool)));
    stages.add(new Stage(Stage.DEVICE, LayerSet.range(3, ALEXNET.size())));
    Plan twice = new Plan(stages, Codec.FP32, Hedge.NEVER);
    List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(twice), 1);

    LayerTimes times = seen.device().times();
    Sharing sharing = once.stages().get(1).sharing().orElseThrow();
    double first = SharedScenes.piece(LayerSet.of(1), sharing, 1).seconds(times);
    double away =
        SharedScenes.piece(LayerSet.of(1), sharing, 0).seconds(times)
            + Math.max(0.05, first)
            + first
            + SharedScenes.piece(pool, SharedScenes.split(pool), 0).seconds(times)
            + SharedScenes.piece(pool, SharedScenes.split(pool), 1).seconds(times)
            + times.run(LayerSet.range(3, ALEXNET.size()));
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 >= 10)
        .isNotEmpty()
        .allSatisfy(frame -> assertThat(frame.latencySeconds()).isCloseTo(away, within(1e-9)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFrameIsAnsweredOnceAndWhatItSentCrossed(long seed) {
    Demand demand = new Demand(2, seed % 2 == 0 ? 0.4 : Double.POSITIVE_INFINITY, 0);
    Scenario scenario =
        SharedScenes.scenario(
            new Scenario.Workload(Arrivals.POISSON, demand, 60),
            List.of(Worlds.randomTrace(seed), Worlds.randomTrace(seed + 100)));
    Observation seen = SharedScenes.observation(scenario, 80, 140);
    Plan plan =
        SharedScenes.shuffled(SharedScenes.planned(seen, Codec.FP32), new SplittableRandom(seed));
    List<FrameRecord> frames = new ArrayList<>();
    RunTally tally =
        new SimulatedWorld()
            .run(
                scenario,
                PlannerFactory.of(SharedScenes.once(plan)),
                SwitchRule.none(),
                seed,
                frames::add);

    assertThat(frames.stream().map(FrameRecord::frame).sorted())
        .containsExactlyElementsOf(LongStream.range(0, tally.frames()).boxed().toList());
    double sent = frames.stream().mapToDouble(frame -> frame.outcome().uplinkBits()).sum();
    assertThat(sent).isPositive().isCloseTo(tally.traffic().uplinkBits(), within(1e-3));
    assertThat(frames).allSatisfy(frame -> assertThat(frame.latencySeconds()).isPositive());
  }

  @Test
  void framesRunAgainGoTheSameWay() {
    Scenario scenario =
        SharedScenes.scenario(SharedScenes.slow(0.1), SharedScenes.constant(100, 150));
    Plan plan = SharedScenes.planned(SharedScenes.observation(scenario, 100, 150), Codec.FP32);
    List<FrameRecord> again = new ArrayList<>();
    new SimulatedWorld().rerun(scenario, List.of(new Scripted(0, 1, plan)), 1, again::add);
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), 1));
    assertThat(SharedScenes.last(again).latencySeconds())
        .isCloseTo(frame.latencySeconds(), within(1e-9));
  }
}
