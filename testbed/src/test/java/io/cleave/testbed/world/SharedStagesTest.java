package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.control.IdleTimes;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
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
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.shares.FineGrained;
import io.cleave.policies.shares.Terms;
import io.cleave.policies.units.Bandwidth;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedStagesTest {
  private static final DnnGraph ALEXNET = Zoo.ALEXNET.graph();
  private static final double RTT = 0.002;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatThePlannerSharesTakesWhatTheCostModelSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mbps = random.doubles(1 + seed % 3, 3.5, 5).map(Math::exp).toArray(); // 33 to 148
    Scenario scenario = scenario(slow(1), constant(mbps));
    Observation seen = observation(scenario, mbps);
    Codec codec = List.of(Codec.values()).get((int) (seed % 3));
    Plan plan = planned(seen, codec);
    double predicted = CostModel.estimate(plan, seen).seconds();
    FrameRecord frame = last(Worlds.frames(scenario, once(plan), seed));

    assertThat(plan.isLocal()).isFalse();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) { // no helper was so late that the device stepped in
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    }
    // Three halves: who is waited for as long as it would take to make a piece, at least 50 ms.
    assertThat(frame.latencySeconds()).isLessThan(1.5 * predicted + 1e-9);
  }

  @Test
  void mostOfWhatThePlannerSharesNeedsNoHelpOfTheDevice() {
    long inTime =
        seeds()
            .filter(
                seed -> {
                  double[] mbps = {50 + 2 * seed, 150 - seed};
                  Scenario scenario = scenario(slow(1), constant(mbps));
                  Plan plan = planned(observation(scenario, mbps), Codec.FP32);
                  List<FrameRecord> frames = Worlds.frames(scenario, once(plan), seed);
                  return last(frames).outcome().hedgeJoules() == 0;
                })
            .count();
    assertThat(inTime).isGreaterThanOrEqualTo(36);
  }

  /** Shares at random, with halos of several fused layers, the device with and without a piece. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anySharesTakeWhatTheCostModelSays(long seed) {
    double[] mbps = {150, 150};
    Scenario scenario = scenario(slow(1), constant(mbps));
    Observation seen = observation(scenario, mbps);
    Plan plan = shuffled(planned(seen, Codec.FP32), new SplittableRandom(seed));
    FrameRecord frame = last(Worlds.frames(scenario, once(plan), seed));

    double predicted = CostModel.estimate(plan, seen).seconds();
    assertThat(frame.plan()).isEqualTo(plan);
    if (frame.outcome().hedgeJoules() == 0) {
      assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
    } else {
      assertThat(frame.latencySeconds()).isNotCloseTo(predicted, within(1e-9));
    }
  }

  @Test
  void someOfTheSharesDrawnAtRandomAreInTime() {
    double[] mbps = {150, 150};
    Scenario scenario = scenario(slow(1), constant(mbps));
    Plan planned = planned(observation(scenario, mbps), Codec.FP32);
    long inTime =
        seeds()
            .mapToObj(seed -> shuffled(planned, new SplittableRandom(seed)))
            .map(plan -> last(Worlds.frames(scenario, once(plan), 1)))
            .filter(frame -> frame.outcome().hedgeJoules() == 0)
            .count();
    assertThat(inTime).isBetween(10L, 39L);
  }

  /** 10 s of 150 Mbit/s, then an outage; a frame each 10 s. */
  @Test
  void theDeviceMakesThePieceOfAHelperThatIsAway() {
    Trace link = Worlds.trace(10, RTT, 150, 0, 0);
    Scenario scenario = scenario(slow(0.1), List.of(link));
    Observation seen = observation(scenario, 150);
    Plan plan = halves();
    List<FrameRecord> frames = Worlds.frames(scenario, once(plan), 1);

    LayerTimes times = seen.device().times();
    LayerSet first = plan.stages().get(1).layers();
    Sharing sharing = plan.stages().get(1).sharing().orElseThrow();
    double own = piece(first, sharing, 0).seconds(times);
    double other = piece(first, sharing, 1).seconds(times);
    double rest = times.run(plan.stages().get(2).layers());
    // Its own piece, as long again as the other would take here, then the other.
    double away = own + Math.max(0.05, other) + other + rest;
    assertThat(frames).hasSize(30);
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 >= 10)
        .hasSizeGreaterThan(15)
        .allSatisfy(frame -> assertThat(frame.latencySeconds()).isCloseTo(away, within(1e-9)));
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 < 5)
        .isNotEmpty()
        .allSatisfy(
            frame -> {
              double predicted = CostModel.estimate(plan, seen).seconds();
              assertThat(frame.latencySeconds()).isCloseTo(predicted, within(1e-9));
            });
  }

  /** Two shared stages: who was late for the first is not asked for the second. */
  @Test
  void aLateHelperIsAskedForNothingElseInTheFrame() {
    Scenario scenario = scenario(slow(0.1), List.of(Worlds.trace(10, RTT, 150, 0, 0)));
    Observation seen = observation(scenario, 150);
    Plan once = halves();
    List<Stage> stages = new ArrayList<>(once.stages().subList(0, 2));
    LayerSet pool = LayerSet.of(2);
    stages.add(Stage.shared(pool, split(pool)));
    stages.add(new Stage(Stage.DEVICE, LayerSet.range(3, ALEXNET.size())));
    Plan twice = new Plan(stages, Codec.FP32, Hedge.NEVER);
    List<FrameRecord> frames = Worlds.frames(scenario, once(twice), 1);

    LayerTimes times = seen.device().times();
    Sharing sharing = once.stages().get(1).sharing().orElseThrow();
    double first = piece(LayerSet.of(1), sharing, 1).seconds(times);
    double away =
        piece(LayerSet.of(1), sharing, 0).seconds(times)
            + Math.max(0.05, first)
            + first
            + piece(pool, split(pool), 0).seconds(times)
            + piece(pool, split(pool), 1).seconds(times)
            + times.run(LayerSet.range(3, ALEXNET.size()));
    assertThat(frames)
        .filteredOn(frame -> !frame.plan().isLocal() && frame.arrivalSeconds() % 30 >= 10)
        .isNotEmpty()
        .allSatisfy(frame -> assertThat(frame.latencySeconds()).isCloseTo(away, within(1e-9)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFrameIsAnsweredOnceAndWhatItSentCrossed(long seed) {
    Demand demand = new Demand(2, seed % 2 == 0 ? 0.4 : Double.POSITIVE_INFINITY, 0);
    Scenario scenario =
        scenario(
            new Scenario.Workload(Arrivals.POISSON, demand, 60),
            List.of(Worlds.randomTrace(seed), Worlds.randomTrace(seed + 100)));
    Observation seen = observation(scenario, 80, 140);
    Plan plan = shuffled(planned(seen, Codec.FP32), new SplittableRandom(seed));
    List<FrameRecord> frames = new ArrayList<>();
    RunTally tally =
        new SimulatedWorld()
            .run(scenario, PlannerFactory.of(once(plan)), SwitchRule.none(), seed, frames::add);

    assertThat(frames.stream().map(FrameRecord::frame).sorted())
        .containsExactlyElementsOf(LongStream.range(0, tally.frames()).boxed().toList());
    double sent = frames.stream().mapToDouble(frame -> frame.outcome().uplinkBits()).sum();
    assertThat(sent).isPositive().isCloseTo(tally.traffic().uplinkBits(), within(1e-3));
    assertThat(frames).allSatisfy(frame -> assertThat(frame.latencySeconds()).isPositive());
  }

  @Test
  void framesRunAgainGoTheSameWay() {
    Scenario scenario = scenario(slow(0.1), constant(100, 150));
    Plan plan = planned(observation(scenario, 100, 150), Codec.FP32);
    List<FrameRecord> again = new ArrayList<>();
    new SimulatedWorld().rerun(scenario, List.of(new Scripted(0, 1, plan)), 1, again::add);
    FrameRecord frame = last(Worlds.frames(scenario, once(plan), 1));
    assertThat(last(again).latencySeconds()).isCloseTo(frame.latencySeconds(), within(1e-9));
  }

  /** The first convolution in two halves, the rest on the device. */
  private static Plan halves() {
    LayerSet first = LayerSet.of(1);
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(first, split(first)),
            new Stage(Stage.DEVICE, LayerSet.range(2, ALEXNET.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  private static Sharing split(LayerSet layers) {
    int output = Footprint.output(ALEXNET, layers);
    long rows = ALEXNET.tensor(output).shape().dim(2);
    return new Sharing(
        2, List.of(new Share(0, new Span(0, rows / 2)), new Share(1, new Span(rows / 2, rows))));
  }

  private static Footprint piece(LayerSet layers, Sharing sharing, int place) {
    return Footprint.of(ALEXNET, layers, sharing.strip(sharing.shares().get(place)));
  }

  /** The same runs in pieces of other sizes, made by some of the machines. */
  private static Plan shuffled(Plan plan, SplittableRandom random) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      stages.add(
          stage.sharing().map(s -> Stage.shared(stage.layers(), any(s, random))).orElse(stage));
    }
    return plan.with(stages);
  }

  private static Sharing any(Sharing sharing, SplittableRandom random) {
    List<Share> shares = new ArrayList<>();
    long next = 0;
    for (int node = random.nextInt(2); node < 3 && next < sharing.length(); node++) {
      long end = node == 2 ? sharing.length() : random.nextLong(next, sharing.length()) + 1;
      shares.add(new Share(node, new Span(next, end)));
      next = end;
    }
    return new Sharing(sharing.axis(), shares);
  }

  private static Plan planned(Observation seen, Codec codec) {
    return new FineGrained(new Terms(codec, Airtime.SEPARATE)).plan(seen).entries().get(0).plan();
  }

  /** Always this plan, once all of its helpers are heard of. */
  private static Planner once(Plan plan) {
    int most =
        plan.stages().stream().flatMap(s -> s.nodes().stream()).mapToInt(n -> n).max().orElse(0);
    return seen -> {
      boolean all = seen.servers().size() >= most;
      return PlanTable.constant(new PlanTable.Entry(all ? plan : Plan.local(seen.graph()), 0, 0));
    };
  }

  private static FrameRecord last(List<FrameRecord> frames) {
    return frames.get(frames.size() - 1);
  }

  /** A frame each ten seconds: none meets another. */
  private static Scenario.Workload slow(double framesPerSecond) {
    return Worlds.workload(Arrivals.PERIODIC, framesPerSecond, framesPerSecond < 1 ? 300 : 20);
  }

  private static List<Trace> constant(double... mbps) {
    List<Trace> links = new ArrayList<>();
    for (double rate : mbps) {
      links.add(Worlds.trace(10, RTT, rate));
    }
    return links;
  }

  private static Scenario scenario(Scenario.Workload workload, List<Trace> links) {
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

  private static Observation observation(Scenario scenario, double... mbps) {
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
