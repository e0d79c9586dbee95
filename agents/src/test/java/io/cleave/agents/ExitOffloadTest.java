package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cleave.agents.data.DataCounts;
import io.cleave.agents.data.DataEvent;
import io.cleave.agents.dnn.Floats;
import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.ModelStore;
import io.cleave.agents.frame.Answer;
import io.cleave.agents.settings.SettingsException;
import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of networks with exits, over real calls between agents. */
class ExitOffloadTest {
  private static final int CLASSES = 10;
  private static final double NEVER = 0; // an entropy is not below it
  private static final double ALWAYS = Math.log(CLASSES); // of random weights it is below that
  private static final Map<String, String> RESNET =
      Map.of("cleave.agent.model", "zoo:resnet20-exits");

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder.resolve("rig"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static ExitRule rule(double... thresholds) {
    return ExitRule.of(
        ExitSignal.ENTROPY,
        CLASSES,
        thresholds.length + 1,
        Arrays.stream(thresholds).boxed().toList());
  }

  private static PlanTable table(Plan plan) {
    return PlanTable.constant(new PlanTable.Entry(plan, 0.01, 8192));
  }

  /** Layers 0 to before this one on the device. */
  private static Plan plan(Agent cam, ExitRule rule, int near) {
    return Plan.split(Rig.graph(cam), rule, LayerSet.range(0, near), 1);
  }

  private static Answer.Given run(Agent cam, Plan plan) {
    cam.hear(Rig.decision(1, table(plan)));
    Rig.runUntil(cam, given -> given.record().lookup().planVersion() == 1);
    return Rig.run(cam, 7);
  }

  private static int exit(Answer.Given given) {
    return given.verdict().orElseThrow().exit().orElseThrow();
  }

  private static void assertOutput(Answer.Given given, TensorValue wanted) {
    assertThat(given.outputs()).hasSize(1);
    assertThat(given.outputs().get(0).name()).isEqualTo(wanted.name());
    assertThat(Floats.relativeDifference(wanted, given.outputs().get(0))).isLessThanOrEqualTo(1e-5);
  }

  @Test
  void aServerStopsAtTheExitAndSendsItsAnswerAlone() throws Exception {
    Agent edge = rig.agent("edge-1", "server", RESNET);
    Agent cam = rig.agent("cam-1", "device", RESNET);
    Answer.Given whole = Rig.run(cam, 7);
    assertThat(whole.outputs()).hasSize(10);
    assertThat(whole.verdict().orElseThrow().exit()).isEmpty();

    ExitRule second = rule(NEVER, ALWAYS, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);
    Answer.Given given = run(cam, plan(cam, second, 1));
    assertThat(exit(given)).isEqualTo(2);
    assertOutput(given, whole.outputs().get(1));
    assertThat(given.record().parts().downlinkBytes()).isEqualTo(4L * CLASSES);
    assertThat(given.record().told().exit()).hasValue(2);
    assertThat(given.record().csv()).endsWith(",2,unknown," + second.text() + ",0");
    List<LayerSet> segments = Plan.segments(Rig.graph(cam), second);
    LayerSet ran = segments.get(0).union(segments.get(1)).minus(LayerSet.of(0));
    assertThat(given.pieces())
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.server()).contains("edge-1");
              assertThat(piece.layers()).isEqualTo(ran);
              assertThat(piece.seconds()).isPositive();
            });
    Report served = edge.report(new Stamp(1, 0)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(served.runs()).isNotEmpty();
    assertThat(served.runs()).allMatch(run -> run.layers().minus(ran).isEmpty());
    Report told = cam.report(new Stamp(1, 0)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    FrameReport.Answers answers = told.frames().answers();
    assertThat(answers.byExit()).hasSize(2);
    assertThat(answers.byExit().get(1)).isPositive();
    assertThat(answers.labelled()).isZero();
  }

  @Test
  void aFrameThatIsNowhereSureGoesToTheLastExit() {
    rig.agent("edge-1", "server", RESNET);
    Agent cam = rig.agent("cam-1", "device", RESNET);
    Answer.Given whole = Rig.run(cam, 7);
    ExitRule never = rule(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);
    Answer.Given given = run(cam, plan(cam, never, 12));
    assertThat(exit(given)).isEqualTo(10);
    assertOutput(given, whole.outputs().get(9));
    assertThat(given.pieces()).hasSize(2);
    assertThat(given.pieces().get(1).server()).contains("edge-1");
  }

  @Test
  void aFrameThatIsSureOnTheDeviceIsSentNowhere() {
    Agent edge = rig.agent("edge-1", "server", RESNET);
    Agent cam = rig.agent("cam-1", "device", RESNET);
    Answer.Given whole = Rig.run(cam, 7);
    ExitRule first = rule(ALWAYS);
    DnnGraph graph = Rig.graph(cam);
    LayerSet near = Plan.segments(graph, first).get(0).union(LayerSet.range(0, 2));
    Answer.Given given = run(cam, Plan.split(graph, first, near, 1));
    assertThat(exit(given)).isEqualTo(1);
    assertOutput(given, whole.outputs().get(0));
    assertThat(given.record().parts().uplinkBytes()).isZero();
    assertThat(given.record().lookup().offloaded()).isTrue(); // as far as the plan goes
    assertThat(given.pieces()).singleElement().matches(piece -> piece.server().isEmpty());
    assertThat(edge.workshop().machine().tally().finished()).isZero();
  }

  @Test
  void theHedgeLeavesAtTheSameExitAndStopsTheServer() {
    Map<String, String> slow = with(RESNET, "cleave.agent.device-class", "raspberry-pi-3b");
    Agent edge = rig.agent("edge-1", "server", with(slow, "cleave.agent.pace", "class"));
    Agent cam = rig.agent("cam-1", "device", RESNET);
    Answer.Given whole = Rig.run(cam, 7);
    ExitRule fifth = rule(NEVER, NEVER, NEVER, NEVER, ALWAYS, NEVER, NEVER, NEVER, NEVER);
    Plan plan = plan(cam, fifth, 1).with(Hedge.AT_ONCE);
    cam.hear(Rig.decision(1, table(plan)));
    Answer.Given given = hedged(cam);
    assertThat(exit(given)).isEqualTo(5);
    assertOutput(given, whole.outputs().get(4));
    Answer.Piece last = given.pieces().get(given.pieces().size() - 1);
    assertThat(last.server()).isEmpty();
    await().until(() -> edge.workshop().machine().idle());
    assertThat(cam.workshop().loop().failures()).isZero();
  }

  /** Frame 7 again and again, until the device's own continuation is first. */
  private static Answer.Given hedged(Agent cam) {
    Predicate<Answer.Given> won = given -> given.record().hedgeWon();
    Rig.runUntil(cam, Rig::offloaded);
    for (int round = 0; round < 200; round++) {
      Answer.Given given = Rig.run(cam, 7);
      assertThat(exit(given)).isEqualTo(5);
      if (won.test(given)) {
        return given;
      }
    }
    throw new AssertionError("The hedge never won.");
  }

  @Test
  void aServerThatDiesInMidFrameChangesNeitherExitNorAnswer() {
    Map<String, String> slow = with(RESNET, "cleave.agent.device-class", "raspberry-pi-3b");
    Agent edge = rig.agent("edge-1", "server", with(slow, "cleave.agent.pace", "class"));
    Relay relay = rig.relay(edge);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, RESNET));
    Answer.Given whole = Rig.run(cam, 7);
    ExitRule fifth = rule(NEVER, NEVER, NEVER, NEVER, ALWAYS, NEVER, NEVER, NEVER, NEVER);
    cam.hear(Rig.decision(1, table(plan(cam, fifth, 3))));
    Rig.runUntil(cam, Rig::offloaded);
    DataCounts counts = edge.server().orElseThrow().plane().counts();
    long before = counts.count(DataEvent.OPENED);
    relay.rate(8e4); // the upload of 50 kB takes five seconds
    CompletableFuture<Answer> running = Rig.post(cam, 7);
    await().until(() -> counts.count(DataEvent.OPENED) > before);
    assertThat(running).isNotDone();
    relay.cut();
    Answer.Given given = Rig.given(running);
    assertThat(given.record().rescued()).isTrue();
    assertThat(exit(given)).isEqualTo(5);
    assertOutput(given, whole.outputs().get(4));
    assertThat(cam.workshop().loop().failures()).isZero();
  }

  @Test
  void aRuleOfAnotherNetworkIsRefused() {
    rig.agent("edge-1", "server", RESNET);
    Agent cam = rig.agent("cam-1", "device", RESNET);
    DnnGraph graph = Rig.graph(cam);
    ExitRule five = ExitRule.of(ExitSignal.ENTROPY, 5, 10, Collections.nCopies(9, 0.1));
    cam.hear(Rig.decision(1, table(Plan.split(graph, five, LayerSet.of(0), 1))));
    ExitRule more = rule(Collections.nCopies(10, 0.1).stream().mapToDouble(t -> t).toArray());
    Plan good = Plan.split(graph, rule(NEVER), LayerSet.of(0), 1);
    cam.hear(
        Rig.decision(
            2, table(new Plan(good.stages(), good.codec(), good.hedge(), Optional.of(more)))));
    await().until(() -> cam.device().orElseThrow().plans().refused() == 2);
    assertThat(Rig.run(cam, 1).record().lookup().planVersion()).isZero();
  }

  private Path modelWithAnswers(boolean ofAnother) throws IOException {
    Path file = folder.resolve("mine.onnx");
    Model model = new ModelStore(folder.resolve("zoo")).open("zoo:lenet-exits", Map.of());
    Files.copy(model.file(), file);
    Answers one = new Answers(new float[] {0.5f}, new float[] {0.9f}, new boolean[] {true});
    ExitAnswers two = new ExitAnswers(CLASSES, List.of(one, one));
    String sha256 = ofAnother ? "0".repeat(64) : model.reference().sha256();
    try (OutputStream out = Files.newOutputStream(AnswersFile.beside(file))) {
      out.write(AnswersFile.content(new ExitStudy(two, two), sha256));
    }
    return file;
  }

  @Test
  void theSafePlanOfANetworkWithKnownExitsEndsAtTheLast() throws IOException {
    String file = modelWithAnswers(false).toString();
    Agent cam = rig.agent("cam-1", "device", Map.of("cleave.agent.model", file));
    Answer.Given given = Rig.run(cam, 7);
    assertThat(exit(given)).isEqualTo(2);
    assertThat(given.outputs()).hasSize(1);
    assertThat(given.record().lookup().planVersion()).isZero();
  }

  @Test
  void answersOfAnotherModelAreRefusedAtTheStart() throws IOException {
    String file = modelWithAnswers(true).toString();
    assertThatThrownBy(() -> rig.start("cam-1", "device", Map.of("cleave.agent.model", file), 1))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cleave.agent.model")
        .hasMessageContaining("mine.answers.csv.gz")
        .hasMessageContaining("not on this one");
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(key, value);
    return all;
  }
}
