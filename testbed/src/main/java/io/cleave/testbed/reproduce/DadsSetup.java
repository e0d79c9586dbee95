package io.cleave.testbed.reproduce;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;

/**
 * The set-up of Hu et al. (INFOCOM 2019): a Raspberry Pi 3B and a cloud machine, both under Caffe.
 *
 * <p>The paper gives no layer times. The shapes of ours come from the device classes; their two
 * speeds are fitted to two of the paper's figures, ResNet-18's speed-up of 8.32 at 18.88 Mbit/s and
 * of 7.23 at 5.85 Mbit/s, under which the input must be an 8-bit image. All other figures are then
 * predictions.
 *
 * @param deviceFactor by which Caffe on the device is slower than its class
 * @param cloudFactor the same for the cloud against the desktop class
 */
record DadsSetup(double deviceFactor, double cloudFactor) {
  private static final double WIFI_SPEEDUP = 8.32;
  private static final double LTE_SPEEDUP = 7.23;
  static final double WIFI_MBPS = 18.88;
  static final double LTE_MBPS = 5.85;

  /** Fits the two speeds; {@code network} is ResNet-18. */
  static DadsSetup fitted(DnnGraph network) {
    DnnGraph graph = withByteInput(network);
    double bits = graph.inputSize().bits();
    double wifi = bits / (WIFI_MBPS * 1e6);
    double lte = bits / (LTE_MBPS * 1e6);
    // All remote at both rates: speedup * (transfer + cloud) = device, twice.
    double cloud = (LTE_SPEEDUP * lte - WIFI_SPEEDUP * wifi) / (WIFI_SPEEDUP - LTE_SPEEDUP);
    double device = WIFI_SPEEDUP * (wifi + cloud);
    return new DadsSetup(
        device / seconds(DeviceClass.RASPBERRY_PI_3B, graph),
        cloud / seconds(DeviceClass.DESKTOP, graph));
  }

  /** What a planner sees of a network that is fed with 8-bit pixels, at an uplink rate. */
  Observation observation(DnnGraph network, double uplinkMbps, double framesPerSecond) {
    return asGiven(withByteInput(network), uplinkMbps, framesPerSecond);
  }

  /** The same with the network's input as it is. */
  Observation asGiven(DnnGraph graph, double uplinkMbps, double framesPerSecond) {
    LayerTimes device = DeviceClass.RASPBERRY_PI_3B.profile().times(graph).scaled(deviceFactor);
    LayerTimes cloud = DeviceClass.DESKTOP.profile().times(graph).scaled(cloudFactor);
    Bandwidth rate = Bandwidth.mbps(uplinkMbps);
    // The paper neglects answers and round trips: class scores are small.
    LinkState link = new LinkState(rate, Bandwidth.mbps(1e6), 0, RateError.NONE);
    return new Observation(
        graph,
        new NodeState("raspberry-pi-3b", device, 0),
        DeviceClass.RASPBERRY_PI_3B.energy(),
        List.of(new ServerState(new NodeState("cloud", cloud, 0), link)),
        new Demand(framesPerSecond, Double.POSITIVE_INFINITY, 0));
  }

  /** Latency in seconds, and busiest stage in seconds, of what a planner decides. */
  static Outcome outcome(Planner planner, Observation observation) {
    Bandwidth up = observation.server(1).link().up();
    return outcome(planner.plan(observation).at(up).plan(), observation);
  }

  static Outcome outcome(Plan plan, Observation observation) {
    Latency way = CostModel.estimate(plan, observation).way();
    double busiest = Math.max(way.device(), Math.max(way.uplink(), way.remote()));
    return new Outcome(way, busiest);
  }

  /**
   * One frame and the pipeline.
   *
   * @param way where a frame's time goes
   * @param busiest seconds of the busiest of device, link and cloud; throughput is one over it
   */
  record Outcome(Latency way, double busiest) {
    double seconds() {
      return way.seconds();
    }

    /** Mean latency in seconds of so many frames that come faster than the pipeline takes them. */
    double queued(int frames, double framesPerSecond) {
      double excess = Math.max(0, busiest - 1 / framesPerSecond);
      return seconds() + excess * (frames - 1) / 2;
    }
  }

  private static double seconds(DeviceClass machine, DnnGraph graph) {
    return machine.profile().times(graph).run(graph.all());
  }

  /** The same network fed with 8-bit pixels, as a camera gives them. */
  static DnnGraph withByteInput(DnnGraph graph) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    for (int input : graph.layer(0).outputs()) {
      Tensor pixels = tensors.get(input);
      tensors.set(input, new Tensor(pixels.name(), pixels.shape(), ElementType.UINT8, 0));
    }
    return new DnnGraph(graph.name(), graph.layers(), tensors, graph.outputs());
  }
}
