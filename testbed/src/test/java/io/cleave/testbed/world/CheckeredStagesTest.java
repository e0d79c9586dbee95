package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.tiling.FusedTiles;
import io.cleave.policies.tiling.Grid;
import io.cleave.policies.tiling.Terms;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles of a checkerboard, of which every other one is made of its neighbours. */
final class CheckeredStagesTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Which tile is made of its neighbours is foretold, too. */
  @ParameterizedTest
  @MethodSource("seeds")
  void tilesThatReuseOverlapsTakeWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 3, 3.5, 5).map(Math::exp).toArray(); // 33 to 148
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Codec codec = List.of(Codec.values()).get((int) (seed % 3));
    Plan plan = reusing(seen, new Grid(random.nextInt(1, 4), random.nextInt(2, 5)), codec);
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
    double predicted = CostModel.estimate(plan, seen).seconds();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) { // nobody was so late that the device stepped in
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    }
    assertThat(frame.latencySeconds()).isLessThan(1.5 * predicted + 1e-9);
  }

  private static Plan reusing(Observation seen, Grid grid, Codec codec) {
    Terms terms = new Terms(codec, Airtime.SEPARATE);
    return new FusedTiles(grid, OptionalInt.empty(), FusedTiles.Reuse.CHECKERED, terms)
        .plan(seen)
        .entries()
        .get(0)
        .plan();
  }

  /** So that the test above looks at something: tiles are made of their neighbours in time. */
  @Test
  void mostTilesThatReuseOverlapsNeedNoHelpOfTheDevice() {
    long inTime =
        seeds()
            .filter(
                seed -> {
                  double[] mbps = {90 + seed, 150 - 0.7 * seed};
                  Scenario scenario =
                      SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
                  Observation seen = SharedScenes.observation(scenario, mbps);
                  Plan plan = reusing(seen, new Grid(3, 3), Codec.FP32);
                  FrameRecord frame =
                      SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
                  return !plan.isLocal()
                      && reused(plan, seen) > 0
                      && frame.outcome().hedgeJoules() == 0;
                })
            .count();
    assertThat(inTime).isGreaterThanOrEqualTo(30);
  }

  /** Tiles that are foretold to be made of what their neighbours made. */
  private static long reused(Plan plan, Observation seen) {
    Hop.Shared hop = SharedHop.of(plan.stages().get(1), seen, plan.codec());
    List<Hop.Branch> made = Gathering.of(hop, seen, plan.codec(), Airtime.SEPARATE).branches();
    return hop.reuses().stream()
        .filter(reuse -> !made.get(reuse.piece()).equals(reuse.otherwise()))
        .count();
  }
}
