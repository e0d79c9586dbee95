package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.List;

/** The zoo's networks between machines of the kinds that people have. */
final class ZooProblems {
  private ZooProblems() {}

  /** A Raspberry Pi 3B beside a desktop, and a server that is slower than the device. */
  static List<Observation> around(DnnGraph graph) {
    return List.of(
        between(graph, DeviceClass.RASPBERRY_PI_3B, DeviceClass.DESKTOP),
        between(graph, DeviceClass.JETSON_TX2, DeviceClass.LAPTOP));
  }

  private static Observation between(DnnGraph graph, DeviceClass device, DeviceClass server) {
    LinkState link = new LinkState(Bandwidth.mbps(10), Bandwidth.mbps(30), 0.03, RateError.NONE);
    return new Observation(
        graph,
        new NodeState(device.id(), device.profile().times(graph), 0.002),
        device.energy(),
        List.of(
            new ServerState(
                new NodeState(server.id(), server.profile().times(graph), 0.001), link)),
        new Demand(10, Double.POSITIVE_INFINITY, 0));
  }
}
