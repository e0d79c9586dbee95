package io.cleave.testbed.world;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small scenarios and fixed planners for the tests of the simulated world. */
final class Worlds {
  /** Four layers: the input of 100 kB, then 50 kB, 20 kB and an answer of 1 kB. */
  static final DnnGraph GRAPH = chain(100_000, 50_000, 20_000, 1_000);

  /** 0.1, 0.2 and 0.3 s on the device; the server is ten times as fast. */
  static final double[] DEVICE_SECONDS = {0, 0.1, 0.2, 0.3};

  private static final double[] SERVER_SECONDS = {0, 0.01, 0.02, 0.03};

  private Worlds() {}

  static DnnGraph chain(long... bytes) {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      LayerKind kind = i == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
      List<Integer> inputs = i == 0 ? List.of() : List.of(i - 1);
      layers.add(new Layer("layer" + i, kind.name(), kind, Work.NONE, inputs, List.of(i)));
      tensors.add(new Tensor("t" + i, TensorShape.of(bytes[i]), ElementType.UINT8, i));
    }
    return new DnnGraph("chain", layers, tensors, List.of(bytes.length - 1));
  }

  /** One rate after the other, up and down alike, each for so many seconds. */
  static Trace trace(double stepSeconds, double rttSeconds, double... mbps) {
    double[] starts = new double[mbps.length + 1];
    double[] rates = new double[mbps.length];
    for (int i = 0; i < mbps.length; i++) {
      starts[i + 1] = (i + 1) * stepSeconds;
      rates[i] = mbps[i] * 1e6;
    }
    Capacity capacity = new Capacity(starts, rates);
    return new Trace("test", "test", capacity, capacity, RoundTrip.constant(rttSeconds));
  }

  /** A walk over decades of rates with outages. */
  static Trace randomTrace(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = new double[30];
    for (int i = 0; i < mbps.length; i++) {
      mbps[i] = random.nextDouble() < 0.2 ? 0 : Math.pow(10, random.nextDouble(-0.5, 2));
    }
    mbps[0] = 1;
    return trace(1, 0.05 * random.nextDouble(), mbps);
  }

  static EnergyModel power() {
    return new EnergyModel(5, 2, new Radio(0.4, 0.1, 1.2));
  }

  /** Servers named server1 and so on, as fast as each other, one behind each trace. */
  static Scenario scenario(
      Scenario.Workload workload, double startSeconds, LoadSeries load, Trace... traces) {
    Machine device =
        new Machine("device", graph -> LayerTimes.of(DEVICE_SECONDS, startSeconds), power());
    List<RemoteMachine> servers = new ArrayList<>();
    for (Trace trace : traces) {
      Machine server =
          new Machine(
              "server" + (servers.size() + 1), graph -> LayerTimes.of(SERVER_SECONDS, 0), power());
      servers.add(new RemoteMachine(server, trace, load, CallBytes.NONE));
    }
    return new Scenario(GRAPH, device, servers, workload, new Reporting(1, 0.05));
  }

  /** The same with calls that carry so much besides tensors. */
  static Scenario calling(Scenario scenario, CallBytes calls) {
    List<RemoteMachine> servers =
        scenario.servers().stream()
            .map(server -> new RemoteMachine(server.machine(), server.link(), server.load(), calls))
            .toList();
    return new Scenario(
        scenario.graph(), scenario.device(), servers, scenario.workload(), scenario.reporting());
  }

  static Scenario.Workload workload(Arrivals arrivals, double framesPerSecond, double seconds) {
    return new Scenario.Workload(
        arrivals, new Demand(framesPerSecond, Double.POSITIVE_INFINITY, 0), seconds);
  }

  static Plan cut(int near, int node) {
    return Plan.split(GRAPH, LayerSet.range(0, near), node);
  }

  /** Layer 1 on the server, layer 2 on the device, layer 3 on the server again. */
  static Plan thereAndBack() {
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            new Stage(1, LayerSet.of(1)),
            new Stage(Stage.DEVICE, LayerSet.of(2)),
            new Stage(1, LayerSet.of(3))),
        Codec.FP32,
        Hedge.NEVER);
  }

  static Planner always(Plan plan) {
    return observation -> PlanTable.constant(new PlanTable.Entry(plan, 0, 0));
  }

  /** The input's cut, cut 2, cut 3 or local by the rate; with a hedge at once. */
  static Planner hedgedTable() {
    return observation ->
        PlanTable.of(
            List.of(
                new PlanTable.Entry(cut(1, 1).with(Hedge.AT_ONCE), 0.06, 0.8e6),
                new PlanTable.Entry(cut(2, 1).with(Hedge.AT_ONCE), 0.15, 0.4e6),
                new PlanTable.Entry(cut(3, 1).with(Hedge.AT_ONCE), 0.33, 0.16e6)),
            new double[] {1 / 8e6, 1 / 1e6});
  }

  static List<FrameRecord> frames(Scenario scenario, Planner planner, long seed) {
    List<FrameRecord> frames = new ArrayList<>();
    new SimulatedWorld()
        .run(scenario, PlannerFactory.of(planner), SwitchRule.none(), seed, frames::add);
    return frames;
  }
}
