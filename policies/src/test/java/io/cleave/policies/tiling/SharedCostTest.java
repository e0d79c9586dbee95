package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan with a shared stage costs, worked out by hand. */
final class SharedCostTest {
  /** Window 3, padded, over 10 rows of one float; 1 s on the device with its start of 0.1 s. */
  private static Observation seen() {
    Division rows = new Division(Map.of(2, new ReceptiveField.Sliding(3, 1, 1, 1)));
    DnnGraph graph =
        new DnnGraph(
            "one",
            List.of(
                new Layer("input", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)),
                new Layer(
                    "conv",
                    "Conv",
                    LayerKind.CONVOLUTION,
                    Work.NONE,
                    List.of(0),
                    List.of(1),
                    rows)),
            List.of(
                new Tensor("x", TensorShape.of(1, 1, 10, 1), ElementType.FLOAT32, 0),
                new Tensor("y", TensorShape.of(1, 1, 10, 1), ElementType.FLOAT32, 1)),
            List.of(1));
    LinkState link = new LinkState(new Bandwidth(320), new Bandwidth(640), 0.02, RateError.NONE);
    return new Observation(
        graph,
        new NodeState("device", LayerTimes.of(new double[] {0, 1}, 0.1), 0.03),
        new EnergyModel(2, 1, new Radio(0, 0, 4)),
        List.of(
            new ServerState(
                new NodeState("fast", LayerTimes.of(new double[] {0, 0.5}, 0), 0.04), link),
            new ServerState(
                new NodeState("faster", LayerTimes.of(new double[] {0, 0.1}, 0), 0), link)),
        new Demand(1, 10, 0));
  }

  private static Plan plan(Hedge hedge, long end) {
    Sharing sharing =
        new Sharing(
            List.of(
                new Sharing.Share(0, Piece.of(2, new Span(0, 2))),
                new Sharing.Share(1, Piece.of(2, new Span(2, 6))),
                new Sharing.Share(2, Piece.of(2, new Span(6, end)))));
    return new Plan(
        List.of(new Stage(Stage.DEVICE, LayerSet.of(0)), Stage.shared(LayerSet.of(1), sharing)),
        Codec.FP32,
        hedge);
  }

  @Test
  void thePieceThatComesBackLastCounts() {
    // Device: 0.1 + 0.2 = 0.3 s. Server 1, rows 2-5 of 1-6: 6 x 32 bits at 320 = 0.6 s up, 0.04 s
    // queue, 0.2 s work, 4 x 32 at 640 = 0.2 s down, 0.02 s of round trip: 1.06 s. Server 2, rows
    // 6-9
    // of 5-9: 0.5 + 0.04 + 0.2 + 0.02 = 0.76 s. And the device's own queue of 0.03 s before all.
    Estimate estimate = CostModel.estimate(plan(Hedge.NEVER, 10), seen());
    assertThat(estimate.seconds()).isCloseTo(1.09, within(1e-12));
    assertThat(estimate.way().uplink()).isCloseTo(0.61, within(1e-12));
    assertThat(estimate.way().queue()).isCloseTo(0.04, within(1e-12));
    assertThat(estimate.way().remote()).isCloseTo(0.2, within(1e-12));
    assertThat(estimate.way().downlink()).isCloseTo(0.21, within(1e-12));
    assertThat(estimate.way().device()).isCloseTo(0.03, within(1e-12));
    assertThat(estimate.serverSeconds()).isCloseTo(0.24, within(1e-12)); // and 0.4 x 0.1 s
  }

  @Test
  void theDeviceWorksWhileItWaits() {
    // 0.3 s of work at 2 W; 1.06 - 0.3 s idle at 1 W; the radio's 4 W for 0.6 s up and 0.2 s down.
    Estimate estimate = CostModel.estimate(plan(Hedge.NEVER, 10), seen());
    assertThat(estimate.energy().compute()).isCloseTo(0.6, within(1e-12));
    assertThat(estimate.energy().idle()).isCloseTo(0.76, within(1e-12));
    assertThat(estimate.energy().radio()).isCloseTo(3.2, within(1e-12));
  }

  @Test
  void noUplinkAloneDecides() {
    PlanTable.Entry entry = CostModel.entry(plan(Hedge.NEVER, 10), seen());
    assertThat(entry.uplinkBits()).isZero();
    assertThat(entry.fixedSeconds()).isCloseTo(1.09, within(1e-12));
  }

  @Test
  void refusesWhatCannotBeShared() {
    assertThatThrownBy(() -> CostModel.estimate(plan(Hedge.AT_ONCE, 10), seen()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither exits nor a hedge");
    assertThatThrownBy(() -> CostModel.estimate(plan(Hedge.NEVER, 9), seen()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end at 9, but there are 10 places along axis 2");
    Observation oneServer = seen().with(seen().servers().subList(0, 1));
    assertThatThrownBy(() -> CostModel.estimate(plan(Hedge.NEVER, 10), oneServer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names node 2, but only 1 servers are known");
  }
}
