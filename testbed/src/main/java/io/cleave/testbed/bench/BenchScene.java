package io.cleave.testbed.bench;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.List;

/** Who decides about what in every benchmark: a Raspberry Pi 3B with one desktop as server. */
record BenchScene(DnnGraph graph, NodeState device, NodeState server) {
  static BenchScene of(Zoo zoo) {
    DnnGraph graph = zoo.graph();
    return new BenchScene(
        graph, node(graph, DeviceClass.RASPBERRY_PI_3B), node(graph, DeviceClass.DESKTOP));
  }

  /** The scene at one uplink rate; the downlink is twice as fast, the round trip 50 ms. */
  Observation at(Bandwidth up) {
    Bandwidth down = new Bandwidth(2 * up.bitsPerSecond());
    LinkState link = new LinkState(up, down, 0.05, RateError.NONE);
    return new Observation(
        graph,
        device,
        DeviceClass.RASPBERRY_PI_3B.energy(),
        List.of(new ServerState(server, link)),
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }

  private static NodeState node(DnnGraph graph, DeviceClass kind) {
    return new NodeState(kind.id(), kind.profile().times(graph), 0);
  }
}
