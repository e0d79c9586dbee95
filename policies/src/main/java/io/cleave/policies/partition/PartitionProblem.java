package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;

/**
 * Which layers go before the cut, for one device and one server: the cost model rewritten as sums
 * over vertices and tensors, so that a minimum cut can minimise it.
 *
 * <p>A remote answer's way back is charged to its producer; round trip, queue and start of the
 * server to the sink. Exact: {@link #seconds} equals the cost model's figure for every set of
 * layers that can run first.
 */
public final class PartitionProblem {
  private final DnnGraph graph;
  private final int node;
  final Skeleton skeleton;
  final double[] te; // [vertex] seconds on the device; 0 for the input and the sink
  final double[] tc; // [vertex] seconds if remote; infinite if its answer could not come back
  final double waitSeconds; // the device's queue, which every plan pays
  final double startSeconds; // of the device, if it runs any layer
  final double serverStartSeconds; // part of the sink's tc

  private PartitionProblem(Observation observation, int node, Skeleton skeleton) {
    this.graph = observation.graph();
    this.node = node;
    this.skeleton = skeleton;
    LayerTimes device = observation.device().times();
    ServerState server = observation.server(node);
    LayerTimes remote = server.node().times();
    te = new double[skeleton.sink + 1];
    tc = new double[skeleton.sink + 1];
    for (int v = 1; v < skeleton.sink; v++) {
      te[v] = device.layer(v);
      tc[v] = remote.layer(v);
    }
    for (int answer : skeleton.answers) {
      if (skeleton.producer[answer] > 0) {
        tc[skeleton.producer[answer]] +=
            skeleton.bits[answer] / server.link().down().bitsPerSecond()
                + skeleton.codecSeconds[answer];
      }
    }
    waitSeconds = observation.device().queueSeconds();
    startSeconds = device.startSeconds();
    serverStartSeconds = remote.startSeconds();
    tc[skeleton.sink] =
        server.link().rttSeconds() + server.node().queueSeconds() + serverStartSeconds;
  }

  /**
   * The problem of one server. Time O(layers + tensors + reads).
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}, at least 1
   */
  public static PartitionProblem of(Observation observation, int node) {
    return of(observation, node, Skeleton.of(observation.graph()));
  }

  /** The same with the network prepared before. */
  static PartitionProblem of(Observation observation, int node, Skeleton skeleton) {
    if (node < 1 || node > observation.servers().size()) {
      throw new IllegalArgumentException(
          "A server's node number must be in 1..%d, not %d. Maybe the device (0) was meant."
              .formatted(observation.servers().size(), node));
    }
    return new PartitionProblem(observation, node, skeleton);
  }

  /** Latency in seconds if all runs on the device. */
  public double localSeconds() {
    return fixedSeconds(graph.all());
  }

  /**
   * Latency in seconds if these layers run on the device and the rest on the server.
   *
   * @param near closed under predecessors, with the input
   * @param secondsPerBit of the uplink, at least 0; may be infinite
   */
  public double seconds(LayerSet near, double secondsPerBit) {
    double bits = uplinkBits(near);
    return fixedSeconds(near) + (bits == 0 ? 0 : bits * secondsPerBit);
  }

  /** Latency in seconds without the uplink's part that depends on its rate. */
  public double fixedSeconds(LayerSet near) {
    return waitSeconds + workSeconds(near);
  }

  /** The same without the device's queue, which no cut changes. */
  double workSeconds(LayerSet near) {
    double seconds = runsOnDevice(near) ? startSeconds : 0;
    boolean local = true;
    for (int v = 1; v < skeleton.sink; v++) {
      boolean here = near.contains(v);
      seconds += here ? te[v] : tc[v];
      local &= here;
    }
    return local ? seconds : seconds + tc[skeleton.sink] + crossing(near, skeleton.codecSeconds);
  }

  /** Bits that cross the uplink, each tensor once. */
  public double uplinkBits(LayerSet near) {
    return crossing(near, skeleton.bits);
  }

  /**
   * The sum over the tensors that cross.
   *
   * @param each [tensor]
   */
  private double crossing(LayerSet near, double[] each) {
    double sum = 0;
    for (int t = 0; t < skeleton.tensors(); t++) {
      boolean crosses = false;
      for (int r = skeleton.readersFrom[t]; r < skeleton.readersFrom[t + 1]; r++) {
        crosses |= !near.contains(skeleton.readers[r]);
      }
      sum += crosses && near.contains(skeleton.producer[t]) ? each[t] : 0;
    }
    return sum;
  }

  /**
   * How long each of the three pipelined stages is busy with a frame, codecs apart. Queue and round
   * trip delay a frame but occupy nothing; an answer's way back counts as the server's.
   */
  public StageTimes stages(LayerSet near, double secondsPerBit) {
    double device = runsOnDevice(near) ? startSeconds : 0;
    double server = 0;
    boolean local = true;
    for (int v = 1; v < skeleton.sink; v++) {
      boolean here = near.contains(v);
      device += here ? te[v] : 0;
      server += here ? 0 : tc[v];
      local &= here;
    }
    double bits = uplinkBits(near);
    double link = bits == 0 ? 0 : bits * secondsPerBit;
    return new StageTimes(device, link, local ? 0 : server + serverStartSeconds);
  }

  /** The plan and its cost line. */
  PlanTable.Entry entry(LayerSet near) {
    Plan plan = Plan.split(graph, near, node);
    return new PlanTable.Entry(
        plan.isLocal() ? plan : plan.with(skeleton.codec), fixedSeconds(near), uplinkBits(near));
  }

  private boolean runsOnDevice(LayerSet near) {
    return near.size() > 1;
  }
}
