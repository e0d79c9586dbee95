package io.cleave.testbed.world;

import static io.cleave.testbed.world.SharedScenes.ALEXNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.traces.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tiles made apart, and zeros for those that are late, in simulated time. */
class ApartStagesTest {
  private static final LayerSet FIRST = LayerSet.of(1);
  private static final Trace CUT = Worlds.trace(10, SharedScenes.RTT, 150, 0, 0);

  /** The first convolution in two tiles, one of them at the helper. */
  private static Plan halves(double zerosAfterSeconds) {
    Sharing parts = SharedScenes.split(FIRST);
    List<Sharing.Share> apart =
        parts.shares().stream()
            .map(share -> new Sharing.Share(share.node(), share.piece().as(Piece.Kind.APART)))
            .toList();
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(FIRST, new Sharing(apart, Handout.ASSIGNED, zerosAfterSeconds)),
            new Stage(Stage.DEVICE, LayerSet.range(2, ALEXNET.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  private static List<FrameRecord> planned(List<FrameRecord> frames, boolean cut) {
    return frames.stream()
        .filter(frame -> !frame.plan().isLocal())
        .filter(frame -> cut == frame.arrivalSeconds() % 30 >= 10)
        .filter(frame -> cut || frame.arrivalSeconds() % 30 < 5)
        .toList();
  }

  /** 10 s of 150 Mbit/s, then an outage: the deadline and the rest is all that a frame takes. */
  @Test
  void whatDoesNotComeBackCostsTheDeadlineAndNoMore() {
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(0.1), List.of(CUT));
    Observation seen = SharedScenes.observation(scenario, 150);
    double foretold = CostModel.estimate(halves(Double.POSITIVE_INFINITY), seen).seconds();
    LayerTimes times = seen.device().times();
    double rest = times.run(LayerSet.range(2, ALEXNET.size()));
    double deadline = 1.1 * (foretold - rest);
    List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(halves(deadline)), 1);
    assertThat(planned(frames, true))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            frame -> {
              assertThat(frame.outcome().zeros()).isEqualTo(1);
              assertThat(frame.latencySeconds()).isCloseTo(deadline + rest, within(1e-9));
            });
    assertThat(planned(frames, false))
        .isNotEmpty()
        .allSatisfy(
            frame -> {
              assertThat(frame.outcome().zeros()).isZero();
              assertThat(frame.latencySeconds()).isCloseTo(foretold, within(1e-9));
            });
  }

  /** With time enough the device makes what is missing, and nothing is zeros. */
  @Test
  void theDeviceMakesWhatItHasTimeFor() {
    Scenario scenario = SharedScenes.scenario(SharedScenes.slow(0.1), List.of(CUT));
    List<FrameRecord> frames = Worlds.frames(scenario, SharedScenes.once(halves(5)), 1);
    List<FrameRecord> endless =
        Worlds.frames(scenario, SharedScenes.once(halves(Double.POSITIVE_INFINITY)), 1);
    assertThat(planned(frames, true)).hasSizeGreaterThan(15);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).outcome().zeros()).isZero();
      assertThat(frames.get(i).latencySeconds()).isEqualTo(endless.get(i).latencySeconds());
    }
  }
}
