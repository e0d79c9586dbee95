package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedWorldTest {
  private static final double FRAME_EACH_TEN_SECONDS = 0.1;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  static Stream<Plan> plans() {
    return Stream.of(
        Plan.local(Worlds.GRAPH),
        Worlds.cut(1, 1),
        Worlds.cut(2, 1),
        Worlds.cut(3, 1),
        Worlds.cut(2, 1).with(Codec.FP16),
        Worlds.cut(2, 1).with(new Hedge(0.2)), // too late to begin
        Worlds.cut(1, 1).with(new Hedge(0.05)), // runs, and is beaten
        Worlds.thereAndBack());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aSingleFrameAtAConstantRateCostsWhatTheCostModelSays(Plan plan) {
    Scenario scenario = calm(4, 0.002, FRAME_EACH_TEN_SECONDS, 100);
    Estimate estimate = CostModel.estimate(plan, observation(scenario, 4));
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(plan), 1);

    // The first frame may have started before the first decision.
    FrameRecord frame = frames.get(frames.size() - 1);
    assertThat(frame.plan()).isEqualTo(plan);
    assertThat(frame.latencySeconds()).isCloseTo(estimate.seconds(), within(1e-9));
    assertThat(frame.outcome().joules()).isCloseTo(estimate.energy().joules(), within(1e-9));
    assertThat(frame.outcome().hedgeJoules()).isCloseTo(5 * estimate.hedgeSeconds(), within(1e-9));
  }

  @Test
  void aHedgeThatWinsCostsWhatTheCostModelSays() {
    // 0.4 Mbit at 0.2 Mbit/s takes 2 s; the rest on the device 0.502 s.
    Plan plan = Worlds.cut(2, 1).with(new Hedge(0.1));
    Scenario scenario = calm(0.2, 0.002, FRAME_EACH_TEN_SECONDS, 100);
    Estimate estimate = CostModel.estimate(plan, observation(scenario, 0.2));
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(plan), 1);
    FrameRecord frame = frames.get(frames.size() - 1);

    assertThat(estimate.hedgeWins()).isTrue();
    assertThat(frame.outcome().hedgeWon()).isTrue();
    assertThat(frame.latencySeconds()).isCloseTo(estimate.seconds(), within(1e-9));
    assertThat(frame.outcome().joules()).isCloseTo(estimate.energy().joules(), within(1e-9));
    // Cancelled after 0.602 s of upload.
    assertThat(frame.outcome().uplinkBits()).isCloseTo(0.2e6 * 0.602, within(1.0));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withAHedgeAtOnceNoFrameIsLaterThanLocal(long seed) {
    Arrivals arrivals = seed % 2 == 0 ? Arrivals.PERIODIC : Arrivals.POISSON;
    double framesPerSecond = 0.3 + 0.05 * seed; // up to 2.75 against a capacity of 1.67
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(arrivals, framesPerSecond, 60),
            0,
            new LoadSeries(2, List.of(1.0, 5.0, 40.0)),
            Worlds.randomTrace(seed));
    double[] local =
        byNumber(Worlds.frames(scenario, Worlds.always(Plan.local(Worlds.GRAPH)), seed));
    double[] hedged = byNumber(Worlds.frames(scenario, Worlds.hedgedTable(), seed));

    assertThat(hedged).hasSameSizeAs(local);
    for (int i = 0; i < local.length; i++) {
      assertThat(hedged[i]).as("frame %d", i).isLessThanOrEqualTo(local[i] + 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFrameThatCameInIsAnsweredOnce(long seed) {
    List<Plan> plans = plans().toList();
    Plan plan = plans.get((int) (seed % plans.size()));
    Scenario.Workload workload =
        new Scenario.Workload(
            Arrivals.POISSON, new Demand(8, seed % 3 == 0 ? 0.5 : Double.POSITIVE_INFINITY, 0), 30);
    Scenario scenario = Worlds.scenario(workload, 0.001, LoadSeries.IDLE, Worlds.randomTrace(seed));
    List<FrameRecord> frames = new ArrayList<>();
    RunTally tally =
        new SimulatedWorld()
            .run(
                scenario,
                PlannerFactory.of(Worlds.always(plan)),
                SwitchRule.none(),
                seed,
                frames::add);

    assertThat(frames.stream().map(FrameRecord::frame).sorted())
        .containsExactlyElementsOf(LongStream.range(0, tally.frames()).boxed().toList());
    assertThat(frames).allSatisfy(frame -> assertThat(frame.latencySeconds()).isPositive());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatFramesSentIsWhatTheLinkCarried(long seed) {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.POISSON, 3, 60), 0, LoadSeries.IDLE, Worlds.randomTrace(seed));
    double[] sent = {0};
    RunTally tally =
        new SimulatedWorld()
            .run(
                scenario,
                PlannerFactory.of(Worlds.hedgedTable()),
                SwitchRule.none(),
                seed,
                frame -> sent[0] += frame.outcome().uplinkBits());

    assertThat(sent[0]).isCloseTo(tally.traffic().uplinkBits(), within(1e-3));
    double capacity = scenario.servers().get(0).link().up().bitsUntil(70);
    assertThat(sent[0]).isLessThan(capacity);
  }

  @Test
  void theSameSeedGivesTheSameRecords() {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.POISSON, 4, 60),
            0,
            new LoadSeries(1, List.of(1.0, 2.0)),
            Worlds.randomTrace(5));

    List<FrameRecord> once = Worlds.frames(scenario, Worlds.hedgedTable(), 9);
    assertThat(Worlds.frames(scenario, Worlds.hedgedTable(), 9)).isEqualTo(once);
    assertThat(Worlds.frames(scenario, Worlds.hedgedTable(), 10)).isNotEqualTo(once);
  }

  @Test
  void stagesOfSeveralFramesOverlap() {
    // Cut 2: 0.1 s device, 0.1 s upload, 0.05 s server: ten frames a second just fit, where one
    // frame at a time would take 0.25 s each.
    Scenario scenario = calm(4, 0, 9.5, 60);
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(Worlds.cut(2, 1)), 1);

    assertThat(frames.get(frames.size() - 1).latencySeconds()).isLessThan(0.5);
  }

  @Test
  void theUplinkServesFramesInTurn() {
    // Cut 1 at 4 Mbit/s: 0.2 s each, ten a second: the queue grows by one frame each 0.2 s.
    Scenario scenario = calm(4, 0, 10, 10);
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(Worlds.cut(1, 1)), 1);

    assertThat(frames).extracting(FrameRecord::frame).isSorted();
    // About 100 frames that take 20 s to send within 10 s: the last waits for some 10 s.
    assertThat(frames.get(frames.size() - 1).latencySeconds()).isBetween(8.0, 11.0);
  }

  @Test
  void uploadsThatStillWaitAtTheirDeadlineAreDroppedAndNotBurstAfterAnOutage() {
    List<FrameRecord> patient = new ArrayList<>();
    List<FrameRecord> pressed = new ArrayList<>();
    RunTally none = throughOutage(Double.POSITIVE_INFINITY, patient);
    RunTally dropped = throughOutage(1, pressed);

    // 50 frames come in during 10 s of outage.
    assertThat(none.rest().expired()).isZero();
    assertThat(lateFromServer(patient)).isGreaterThan(40);
    assertThat(dropped.rest().expired()).isGreaterThan(10);
    // Left are the frame that was being sent and one that had waited for the device.
    assertThat(lateFromServer(pressed)).isLessThanOrEqualTo(2);
  }

  private static RunTally throughOutage(double deadlineSeconds, List<FrameRecord> frames) {
    double[] mbps = new double[44];
    Arrays.fill(mbps, 20);
    Arrays.fill(mbps, 20, 30, 0);
    Scenario.Workload workload =
        new Scenario.Workload(Arrivals.PERIODIC, new Demand(5, deadlineSeconds, 0), 33);
    return new SimulatedWorld()
        .run(
            Worlds.scenario(workload, 0, LoadSeries.IDLE, Worlds.trace(1, 0.02, mbps)),
            PlannerFactory.of(Worlds.always(Worlds.cut(1, 1))),
            SwitchRule.none(),
            1,
            frames::add);
  }

  private static long lateFromServer(List<FrameRecord> frames) {
    return frames.stream()
        .filter(frame -> !frame.outcome().hedgeWon() && frame.latencySeconds() > 1.5)
        .count();
  }

  @Test
  void aLoadedServerTakesLonger() {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.PERIODIC, FRAME_EACH_TEN_SECONDS, 100),
            0,
            new LoadSeries(1, List.of(11.0)),
            Worlds.trace(1, 0, 4));
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(Worlds.cut(2, 1)), 3);
    double latency = frames.get(frames.size() - 1).latencySeconds();

    // 0.1 + 0.1 + 0.05 * 11 + 0.002 (8 kbit down); a fifth of the tenfold excess may be noise.
    assertThat(latency).isBetween(0.202 + 0.05 * 9 - 1e-9, 0.202 + 0.05 * 13 + 1e-9);
  }

  @Test
  void beforeTheFirstDecisionFramesRunLocally() {
    FrameRecord first = Worlds.frames(calm(4, 0, 10, 1), Worlds.always(Worlds.cut(1, 1)), 2).get(0);

    assertThat(first.plan().isLocal()).isTrue();
  }

  @Test
  void twoServersAreBothMeasuredAndUsed() {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.PERIODIC, 2, 60),
            0,
            LoadSeries.IDLE,
            Worlds.trace(1, 0, 1),
            Worlds.trace(1, 0, 40));
    List<FrameRecord> frames =
        Worlds.frames(
            scenario,
            observation -> {
              int best =
                  observation.servers().size() < 2
                          || observation.server(1).link().up().mbps()
                              > observation.server(2).link().up().mbps()
                      ? 1
                      : 2;
              return Worlds.always(Worlds.cut(1, best)).plan(observation);
            },
            1);

    assertThat(frames.get(frames.size() - 1).plan()).isEqualTo(Worlds.cut(1, 2));
  }

  private static Scenario calm(double mbps, double start, double framesPerSecond, double seconds) {
    return Worlds.scenario(
        Worlds.workload(Arrivals.PERIODIC, framesPerSecond, seconds),
        start,
        LoadSeries.IDLE,
        Worlds.trace(1, 0.04, mbps));
  }

  private static Observation observation(Scenario scenario, double mbps) {
    RemoteMachine server = scenario.servers().get(0);
    Bandwidth rate = Bandwidth.mbps(mbps);
    return new Observation(
        scenario.graph(),
        node(scenario.device(), scenario),
        scenario.device().power(),
        List.of(
            new ServerState(
                node(server.machine(), scenario), new LinkState(rate, rate, 0.04, RateError.NONE))),
        scenario.workload().demand());
  }

  private static NodeState node(Machine machine, Scenario scenario) {
    return new NodeState(machine.name(), machine.profile().times(scenario.graph()), 0);
  }

  private static double[] byNumber(List<FrameRecord> frames) {
    return frames.stream()
        .sorted(Comparator.comparing(FrameRecord::frame))
        .mapToDouble(frame -> frame.arrivalSeconds() + frame.latencySeconds())
        .toArray();
  }
}
