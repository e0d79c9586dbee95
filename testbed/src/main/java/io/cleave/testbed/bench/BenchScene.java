package io.cleave.testbed.bench;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.SplittableRandom;

/** Who decides about what in a benchmark: a device and one server. */
record BenchScene(DnnGraph graph, NodeState device, NodeState server) {
  private static final double SERVER_FASTER = 3;
  private static final double SPREAD = 1; // decades to either side

  /** A Raspberry Pi 3B with a desktop: the bounds rule out nearly all of the network. */
  static BenchScene weakDevice(DnnGraph graph) {
    return new BenchScene(
        graph, node(graph, DeviceClass.RASPBERRY_PI_3B), node(graph, DeviceClass.DESKTOP));
  }

  /**
   * A Jetson Nano with a server that is three times as fast on the whole, but layer by layer
   * anything from a third to thirty times: the bounds are loose and flows must decide.
   */
  static BenchScene unevenServer(DnnGraph graph) {
    NodeState device = node(graph, DeviceClass.JETSON_NANO);
    SplittableRandom random = new SplittableRandom(1);
    double[] seconds = new double[graph.size()];
    for (int i = 1; i < seconds.length; i++) {
      double faster = SERVER_FASTER * Math.pow(10, SPREAD * (2 * random.nextDouble() - 1));
      seconds[i] = device.times().layer(i) / faster;
    }
    LayerTimes times = LayerTimes.of(seconds, device.times().startSeconds());
    return new BenchScene(graph, device, new NodeState("uneven server", times, 0));
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
