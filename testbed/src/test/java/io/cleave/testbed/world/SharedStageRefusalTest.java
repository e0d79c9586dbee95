package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedStageRefusalTest {
  @Test
  void aSharedStageIsRefusedAndNotTakenForFree() {
    DnnGraph graph = Zoo.SMALL_CHAIN.graph();
    LayerTimes times = DeviceClass.RASPBERRY_PI_4B.profile().times(graph);
    LinkState link = new LinkState(Bandwidth.mbps(10), Bandwidth.mbps(10), 0.01, RateError.NONE);
    Observation seen =
        new Observation(
            graph,
            new NodeState("device", times, 0),
            DeviceClass.RASPBERRY_PI_4B.energy(),
            List.of(new ServerState(new NodeState("helper", times, 0), link)),
            new Demand(1, 1, 0));
    Sharing halves =
        new Sharing(
            2,
            List.of(new Sharing.Share(0, new Span(0, 8)), new Sharing.Share(1, new Span(8, 16))));
    Plan plan =
        new Plan(
            List.of(
                new Stage(Stage.DEVICE, LayerSet.of(0)),
                Stage.shared(LayerSet.of(1), halves),
                new Stage(Stage.DEVICE, LayerSet.range(2, graph.size()))),
            Codec.FP32,
            Hedge.NEVER);
    assertThatThrownBy(() -> new CompiledPlan(plan, seen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several machines share");
  }
}
