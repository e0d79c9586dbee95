package io.cleave.testbed.world;

import static io.cleave.testbed.world.SharedScenes.ALEXNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines that hand each other what the next round needs, in simulated time. */
class RoundsStagesTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** AlexNet's first layers in random rounds and strips, on some of the machines. */
  private static Plan plan(SplittableRandom random, int helpers, Codec codec) {
    TreeSet<Integer> ends = new TreeSet<>();
    int end = end();
    ends.add(end);
    int rounds = random.nextInt(2, 5);
    while (ends.size() < rounds) {
      ends.add(random.nextInt(1, end + 1));
    }
    List<Integer> nodes = new ArrayList<>();
    for (int node = random.nextInt(2); node <= helpers; node++) {
      nodes.add(node);
    }
    List<Round> before = new ArrayList<>();
    List<Sharing.Share> shares = new ArrayList<>();
    int from = 1;
    for (int last : ends) {
      LayerSet run = LayerSet.range(from, last + 1);
      List<Piece> pieces = strips(run, nodes.size(), random);
      from = last + 1;
      if (last == end) {
        for (int i = 0; i < nodes.size(); i++) {
          shares.add(new Sharing.Share(nodes.get(i), pieces.get(i)));
        }
      } else {
        before.add(new Round(run, pieces));
      }
    }
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(LayerSet.range(1, end + 1), Sharing.inRounds(shares, before)),
            new Stage(Stage.DEVICE, LayerSet.range(end + 1, ALEXNET.size()))),
        codec,
        Hedge.NEVER);
  }

  /** The last layer up to which all can be cut along rows. */
  private static int end() {
    int end = 1;
    while (Footprint.obstacle(ALEXNET, LayerSet.range(1, end + 2), Strip.ROWS).isEmpty()
        && ALEXNET.tensor(Footprint.output(ALEXNET, LayerSet.range(1, end + 2))).shape().rank()
            == 4) {
      end++;
    }
    return end;
  }

  private static List<Piece> strips(LayerSet run, int count, SplittableRandom random) {
    long rows = ALEXNET.tensor(Footprint.output(ALEXNET, run)).shape().dim(Strip.ROWS);
    TreeSet<Long> ends = new TreeSet<>(List.of(rows));
    while (ends.size() < count) {
      ends.add(random.nextLong(1, rows + 1));
    }
    List<Piece> pieces = new ArrayList<>();
    long before = 0;
    for (long end : ends) {
      pieces.add(Piece.of(Strip.ROWS, new Span(before, end)));
      before = end;
    }
    return pieces;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void roundsTakeWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 4, 3.5, 5).map(Math::exp).toArray(); // 33 to 148
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
    Observation seen = SharedScenes.observation(scenario, mbps);
    Plan plan = plan(random, mbps.length, List.of(Codec.values()).get((int) (seed % 3)));
    FrameRecord frame = SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
    double predicted = CostModel.estimate(plan, seen).seconds();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) { // nobody was so late that the device stepped in
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    }
    assertThat(frame.latencySeconds()).isLessThan(2 * predicted + 1e-9);
  }

  /** So that the test above looks at something. */
  @Test
  void mostNeedNoHelpOfTheDeviceAndHandSomethingOver() {
    long inTime =
        seeds()
            .filter(
                seed -> {
                  double[] mbps = {135 + 0.3 * seed, 149 - 0.3 * seed, 148};
                  Scenario scenario =
                      SharedScenes.scenario(SharedScenes.slow(1), SharedScenes.constant(mbps));
                  Observation seen = SharedScenes.observation(scenario, mbps);
                  Plan plan = plan(new SplittableRandom(seed), mbps.length, Codec.FP32);
                  FrameRecord frame =
                      SharedScenes.last(Worlds.frames(scenario, SharedScenes.once(plan), seed));
                  return SharedHop.of(plan.stages().get(1), seen, plan.codec()).rounds().stream()
                          .anyMatch(round -> !round.handed().isEmpty())
                      && frame.outcome().hedgeJoules() == 0;
                })
            .count();
    assertThat(inTime).isGreaterThanOrEqualTo(30);
  }

  /** A link that is cut in the middle: the device makes what is missing, and no frame is lost. */
  @Test
  void aLinkThatIsCutCostsNoFrame() {
    Scenario scenario =
        SharedScenes.scenario(
            SharedScenes.slow(0.5),
            List.of(
                Worlds.trace(10, SharedScenes.RTT, 150),
                Worlds.trace(10, SharedScenes.RTT, 150, 0, 0)));
    Observation seen = SharedScenes.observation(scenario, 150, 150);
    Plan plan = plan(new SplittableRandom(3), 2, Codec.FP32);
    double predicted = CostModel.estimate(plan, seen).seconds();
    double local = CostModel.estimate(Plan.local(ALEXNET), seen).seconds();
    List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(plan), 1);
    assertThat(frames).hasSize(150);
    assertThat(frames)
        .allSatisfy(
            frame -> assertThat(frame.latencySeconds()).isLessThan(2 * (predicted + local)));
    assertThat(frames).anyMatch(frame -> frame.outcome().hedgeJoules() > 0);
    assertThat(frames)
        .anyMatch(
            frame ->
                !frame.plan().isLocal() && Math.abs(frame.latencySeconds() - predicted) < 1e-9);
  }
}
