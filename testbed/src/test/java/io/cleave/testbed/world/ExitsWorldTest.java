package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Expectation;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames leave where their images' recorded answers say, and cost what that way costs. */
final class ExitsWorldTest {
  private static final int CLASSES = 4;
  private static final double MBPS = 4;
  private static final double RTT = 0.002;

  /** Trunk l1, l3, l5; exits l2, l4, l6. */
  private static final DnnGraph GRAPH =
      new DnnGraph(
          "three exits",
          List.of(
              layer(0, List.of()),
              layer(1, List.of(0)),
              layer(2, List.of(1)),
              layer(3, List.of(1)),
              layer(4, List.of(3)),
              layer(5, List.of(3)),
              layer(6, List.of(5))),
          List.of(
              tensor(0, 20_000),
              tensor(1, 10_000),
              tensor(2, CLASSES),
              tensor(3, 5_000),
              tensor(4, CLASSES),
              tensor(5, 2_000),
              tensor(6, CLASSES)),
          List.of(2, 4, 6));

  private static final double[] DEVICE = {0, 0.1, 0.02, 0.2, 0.02, 0.3, 0.02};
  private static final double[] SERVER = {0, 0.01, 0.002, 0.02, 0.002, 0.03, 0.002};
  private static final ExitStudy STUDY = new ExitStudy(answers(1, 2_000), answers(2, 3_000));
  private static final ExitRule ALL =
      ExitRule.of(ExitSignal.ENTROPY, CLASSES, 3, List.of(0.4, 0.7));

  static Stream<Plan> plans() {
    return Stream.of(
        Plan.local(GRAPH, ALL),
        Plan.split(GRAPH, ALL, LayerSet.of(0), 1), // all exits on the server
        Plan.split(GRAPH, ALL, LayerSet.of(0, 1), 1), // the first exit's own layer, too
        Plan.split(GRAPH, ALL, LayerSet.of(0, 1, 2), 1),
        Plan.split(GRAPH, ALL, LayerSet.of(0, 1, 2, 3), 1),
        Plan.split(GRAPH, ALL, LayerSet.of(0, 1, 2, 3, 4, 5), 1),
        Plan.local(GRAPH, ExitRule.only(CLASSES, 1)),
        Plan.split(
            GRAPH,
            new ExitRule(ExitSignal.CONFIDENCE, CLASSES, List.of(1, 2), List.of(0.8)),
            LayerSet.of(0, 1),
            1),
        Plan.split(GRAPH, ALL, LayerSet.of(0, 1, 2), 1).with(new Hedge(0.1)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyFrameLeavesWhereItsImageDoesAndCostsWhatThatCosts(Plan plan) {
    Scenario scenario = scenario();
    Observation observation = observation(scenario, STUDY.test());
    List<FrameRecord> frames = frames(scenario, plan);
    assertThat(frames).hasSizeGreaterThan(300);
    ExitRule rule = plan.exits().orElseThrow();
    for (FrameRecord frame : frames) {
      FrameRecord.Answered answered = frame.answered().orElseThrow();
      int place = STUDY.test().exitOf(rule, answered.image());
      int exit = rule.exits().get(place);
      assertThat(answered.exit()).isEqualTo(exit + 1);
      assertThat(answered.right())
          .isEqualTo(STUDY.test().exits().get(exit).right()[answered.image()]);
      Itinerary way = Itinerary.of(plan, observation, place);
      double seconds = CostModel.price(way, plan, observation).seconds();
      assertThat(frame.latencySeconds()).isCloseTo(seconds, within(1e-9));
    }
  }

  /** The closed form, of the same images, within what drawing them leaves to chance. */
  @ParameterizedTest
  @MethodSource("plans")
  void theMeanIsThatOfTheClosedForm(Plan plan) {
    Scenario scenario = scenario();
    Expectation expected = Expectation.of(plan, observation(scenario, STUDY.test()));
    List<FrameRecord> frames = frames(scenario, plan);
    double error = 4 / Math.sqrt(frames.size()); // standard errors
    double right = frames.stream().filter(frame -> frame.answered().orElseThrow().right()).count();
    assertThat(right / frames.size()).isCloseTo(expected.accuracy(), within(0.5 * error));
    double[] seconds = frames.stream().mapToDouble(FrameRecord::latencySeconds).toArray();
    double mean = mean(seconds);
    double spread = 0;
    for (double each : seconds) {
      spread += (each - mean) * (each - mean) / seconds.length;
    }
    assertThat(mean)
        .isCloseTo(expected.estimate().seconds(), within(error * Math.sqrt(spread) + 1e-9));
  }

  /** A frame shows the same under every planner. */
  @ParameterizedTest
  @MethodSource("plans")
  void showsTheSameImagesUnderEveryPlan(Plan plan) {
    List<Integer> here = images(frames(scenario(), plan));
    assertThat(here).isEqualTo(images(frames(scenario(), Plan.local(GRAPH, ALL))));
  }

  /** Also if frames between them are left out. */
  @Test
  void framesThatRunAgainShowWhatTheyShowed() {
    Plan plan = Plan.local(GRAPH, ALL);
    List<FrameRecord> frames =
        frames(scenario(), plan).stream().filter(frame -> frame.frame() % 3 != 1).toList();
    List<FrameRecord> again = new ArrayList<>();
    new SimulatedWorld()
        .rerun(
            scenario(),
            frames.stream()
                .map(each -> new Scripted(each.frame(), each.arrivalSeconds(), each.plan()))
                .toList(),
            1,
            again::add);
    assertThat(again.stream().map(FrameRecord::frame).toList())
        .isEqualTo(frames.stream().map(FrameRecord::frame).toList());
    assertThat(again.stream().map(FrameRecord::answered).toList())
        .isEqualTo(frames.stream().map(FrameRecord::answered).toList());
  }

  private static List<Integer> images(List<FrameRecord> frames) {
    return frames.stream().map(frame -> frame.answered().orElseThrow().image()).toList();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** All but those that may have started before the first decision. */
  private static List<FrameRecord> frames(Scenario scenario, Plan plan) {
    return Worlds.frames(scenario, new Always(plan), 1).stream()
        .filter(frame -> frame.plan().equals(plan))
        .toList();
  }

  /** One plan, with its exits. */
  private record Always(Plan plan) implements Planner {
    @Override
    public PlanTable plan(Observation observation) {
      return PlanTable.constant(new PlanTable.Entry(plan, 0, 0));
    }

    @Override
    public boolean knowsExits() {
      return true;
    }
  }

  /** Frames so far apart that none waits for another or meets a probe. */
  private static Scenario scenario() {
    Machine device = new Machine("device", graph -> LayerTimes.of(DEVICE, 0.01), Worlds.power());
    Machine server = new Machine("server1", graph -> LayerTimes.of(SERVER, 0.001), Worlds.power());
    return new Scenario(
        GRAPH,
        device,
        List.of(
            new RemoteMachine(server, Worlds.trace(1, RTT, MBPS), LoadSeries.IDLE, CallBytes.NONE)),
        Worlds.workload(Arrivals.PERIODIC, 0.1, 4_000),
        new Reporting(1, 0.05),
        Optional.of(STUDY));
  }

  private static Observation observation(Scenario scenario, ExitAnswers answers) {
    Bandwidth rate = Bandwidth.mbps(MBPS);
    return new Observation(
        GRAPH,
        new NodeState("device", LayerTimes.of(DEVICE, 0.01), 0),
        Worlds.power(),
        List.of(
            new ServerState(
                new NodeState("server1", LayerTimes.of(SERVER, 0.001), 0),
                new LinkState(rate, rate, RTT, RateError.NONE))),
        scenario.workload().demand(),
        Optional.of(answers));
  }

  private static ExitAnswers answers(long seed, int images) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Answers> answers =
        Stream.generate(
                () -> new Answers(new float[images], new float[images], new boolean[images]))
            .limit(3)
            .toList();
    for (int image = 0; image < images; image++) {
      double hard = random.nextDouble();
      for (int exit = 0; exit < 3; exit++) {
        double doubt = hard * (1 - 0.25 * exit);
        answers.get(exit).entropy()[image] = (float) (doubt * Math.log(CLASSES));
        answers.get(exit).confidence()[image] = (float) (1 - 0.75 * doubt);
        answers.get(exit).right()[image] = random.nextDouble() > 0.7 * doubt;
      }
    }
    return new ExitAnswers(CLASSES, answers);
  }

  private static Layer layer(int index, List<Integer> inputs) {
    LayerKind kind = inputs.isEmpty() ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    return new Layer("l" + index, kind.name(), kind, Work.NONE, inputs, List.of(index));
  }

  private static Tensor tensor(int index, long values) {
    return new Tensor("t" + index, TensorShape.of(1, values), ElementType.FLOAT32, index);
  }
}
