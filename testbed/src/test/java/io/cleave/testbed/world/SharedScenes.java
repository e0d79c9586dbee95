package io.cleave.testbed.world;

import io.cleave.policies.control.IdleTimes;
import io.cleave.policies.cost.Airtime;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Sharing.Share;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.tiling.FineGrained;
import io.cleave.policies.tiling.Terms;
import io.cleave.policies.units.Bandwidth;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A board with helpers of its kind on links that do not change, and plans that share AlexNet. */
final class SharedScenes {
  static final DnnGraph ALEXNET = Zoo.ALEXNET.graph();
  static final double RTT = 0.002;

  private SharedScenes() {}

  /** The first convolution in two halves, the rest on the device. */
  static Plan halves() {
    LayerSet first = LayerSet.of(1);
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(first, split(first)),
            new Stage(Stage.DEVICE, LayerSet.range(2, ALEXNET.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  static Sharing split(LayerSet layers) {
    int output = Footprint.output(ALEXNET, layers);
    long rows = ALEXNET.tensor(output).shape().dim(2);
    return new Sharing(
        List.of(
            new Share(0, Piece.of(2, new Span(0, rows / 2))),
            new Share(1, Piece.of(2, new Span(rows / 2, rows)))));
  }

  static Footprint piece(LayerSet layers, Sharing sharing, int place) {
    return Footprint.of(ALEXNET, layers, sharing.shares().get(place).piece());
  }

  /** The same runs in pieces of other sizes, made by some of the machines. */
  static Plan shuffled(Plan plan, SplittableRandom random) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      stages.add(
          stage.sharing().map(s -> Stage.shared(stage.layers(), any(s, random))).orElse(stage));
    }
    return plan.with(stages);
  }

  private static Sharing any(Sharing sharing, SplittableRandom random) {
    List<Share> shares = new ArrayList<>();
    Strip whole = sharing.whole().strips().get(0);
    long length = whole.span().to();
    long next = 0;
    for (int node = random.nextInt(2); node < 3 && next < length; node++) {
      long end = node == 2 ? length : random.nextLong(next, length) + 1;
      shares.add(new Share(node, Piece.of(whole.axis(), new Span(next, end))));
      next = end;
    }
    return new Sharing(shares);
  }

  static Plan planned(Observation seen, Codec codec) {
    return new FineGrained(new Terms(codec, Airtime.SEPARATE)).plan(seen).entries().get(0).plan();
  }

  /** Always this plan, once all of its helpers are heard of. */
  static Planner once(Plan plan) {
    int most =
        plan.stages().stream().flatMap(s -> s.nodes().stream()).mapToInt(n -> n).max().orElse(0);
    return seen -> {
      boolean all = seen.servers().size() >= most;
      return PlanTable.constant(new PlanTable.Entry(all ? plan : Plan.local(seen.graph()), 0, 0));
    };
  }

  static FrameRecord last(List<FrameRecord> frames) {
    return frames.get(frames.size() - 1);
  }

  /** A frame each ten seconds: none meets another. */
  static Scenario.Workload slow(double framesPerSecond) {
    return Worlds.workload(Arrivals.PERIODIC, framesPerSecond, framesPerSecond < 1 ? 300 : 20);
  }

  static List<Trace> constant(double... mbps) {
    List<Trace> links = new ArrayList<>();
    for (double rate : mbps) {
      links.add(Worlds.trace(10, RTT, rate));
    }
    return links;
  }

  static Scenario scenario(Scenario.Workload workload, List<Trace> links) {
    DeviceClass board = DeviceClass.RASPBERRY_PI_4B;
    List<RemoteMachine> servers = new ArrayList<>();
    for (Trace link : links) {
      String name = "peer-" + (servers.size() + 1);
      Machine peer = new Machine(name, board.profile(), board.energy());
      servers.add(new RemoteMachine(peer, link, LoadSeries.IDLE, CallBytes.NONE));
    }
    Machine device = new Machine("device", board.profile(), board.energy());
    return new Scenario(ALEXNET, device, servers, workload, new Reporting(1, 0.05));
  }

  static Observation observation(Scenario scenario, double... mbps) {
    Observation unloaded = new PlanBook(scenario, new IdleTimes()).unloaded();
    List<ServerState> servers = new ArrayList<>();
    for (int i = 0; i < mbps.length; i++) {
      Bandwidth rate = Bandwidth.mbps(mbps[i]);
      servers.add(
          new ServerState(
              unloaded.server(i + 1).node(), new LinkState(rate, rate, RTT, RateError.NONE)));
    }
    return unloaded.with(servers);
  }
}
