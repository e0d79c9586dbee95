package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.agents.data.DataEvent;
import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.FrameCounts;
import io.cleave.agents.frame.Overloaded;
import io.cleave.agents.machine.Tally;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Status;
import io.cleave.transport.frames.SeededFrames;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to servers and links, every frame is answered. */
class FaultTest {
  private static final int NEAR = 6;

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static PlanTable split(Agent cam, Hedge hedge) {
    Plan plan = Plan.split(Rig.graph(cam), LayerSet.range(0, NEAR), 1).with(hedge);
    return PlanTable.constant(new PlanTable.Entry(plan, 0.1, 8e6));
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(key, value);
    return all;
  }

  private static void assertAllAnswered(Agent cam, long frames) {
    FrameCounts counts = cam.device().orElseThrow().counts();
    assertThat(counts.submitted()).isEqualTo(frames);
    assertThat(counts.completed()).isEqualTo(frames);
    assertThat(counts.failed()).isZero();
    assertThat(cam.workshop().loop().failures()).isZero();
  }

  @Test
  void goesOnAloneWhenTheServerBreaksAwayInMidFrameAndOffloadsAgainWhenItIsBack() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(edge);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    cam.hear(Rig.decision(1, split(cam, Hedge.NEVER)));
    Rig.runUntil(cam, Rig::offloaded);

    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 1, edge);
    relay.cut();
    Answer.Given rescued = Rig.given(running);
    assertThat(rescued.record().hedgeWon()).isTrue();
    assertThat(rescued.record().rescued()).isTrue();
    assertThat(Rig.offloaded(Rig.run(cam, 2))).isFalse(); // it is known to be gone

    relay.mend(Rig.port(edge));
    Answer.Given back = Rig.runUntil(cam, Rig::offloaded);
    assertThat(back.record().hedgeWon()).isFalse();
    FrameCounts counts = cam.device().orElseThrow().counts();
    assertAllAnswered(cam, counts.submitted());
  }

  /** Case 16: a server that starts anew has nothing ready, and is asked to before it is used. */
  @Test
  void usesAServerThatStartedAnewWhenItIsReady() {
    Agent edge = rig.start("edge-1", "server", Rig.RESIDUAL, 1);
    Relay relay = rig.relay(edge);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    edge.hear(Rig.status(cam, 1));
    cam.hear(Rig.status(edge, 1));
    cam.hear(Rig.decision(1, split(cam, Hedge.NEVER)));
    Rig.runUntil(cam, Rig::offloaded);
    edge.close();
    relay.cut();
    Rig.run(cam, 1);

    Agent next = rig.keep(rig.start("edge-1", "server", Rig.RESIDUAL, 2));
    next.hear(Rig.status(cam, 1));
    relay.mend(Rig.port(next));
    cam.hear(Rig.status(next, 2));
    Answer.Given back = Rig.runUntil(cam, Rig::offloaded);
    assertThat(back.record().hedgeWon()).isFalse();
    assertAllAnswered(cam, cam.device().orElseThrow().counts().submitted());
  }

  /** Case 9: a will says that its own session is over, and nothing of the next one. */
  @Test
  void goesOnAloneWhenTheServerSaysGoodByeButNotForALateWill() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Agent cam = rig.agent("cam-1", "device", Rig.RESIDUAL);
    cam.hear(Rig.status(edge, 2));
    cam.hear(Rig.decision(1, split(cam, Hedge.NEVER)));
    Rig.runUntil(cam, Rig::offloaded);

    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 1, edge);
    cam.hear(Status.offline("edge-1", 1));
    assertThat(Rig.given(running).record().hedgeWon()).isFalse();
    assertThat(Rig.offloaded(Rig.run(cam, 2))).isTrue();

    running = Rig.postUntilAtWork(cam, 3, edge);
    cam.hear(Status.offline("edge-1", 2));
    assertThat(Rig.given(running).record().rescued()).isTrue();
    assertThat(Rig.offloaded(Rig.run(cam, 4))).isFalse();
    assertAllAnswered(cam, cam.device().orElseThrow().counts().submitted());
  }

  /**
   * With a delay of 0 over a dead link no frame is later than local, and the server does nothing.
   */
  @Test
  void neverWaitsForADeadLinkWithAHedgeOfNoDelay() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(edge);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    cam.hear(Rig.decision(1, split(cam, Hedge.AT_ONCE)));
    Rig.runUntil(cam, Rig::offloaded);
    Tally before = edge.workshop().machine().tally();
    relay.rate(0);
    int frames = 8;
    for (int i = 0; i < frames; i++) {
      Answer.Given given = Rig.run(cam, i);
      assertThat(given.record().hedgeWon()).isTrue();
      assertThat(given.record().rescued()).isFalse();
    }
    assertThat(cam.device().orElseThrow().counts().rescued()).isGreaterThanOrEqualTo(frames);
    assertThat(edge.workshop().machine().tally().finished()).isEqualTo(before.finished());
    relay.rate(Double.POSITIVE_INFINITY);
    assertAllAnswered(cam, cam.device().orElseThrow().counts().submitted());
  }

  /** The device is much faster than the server: its hedge wins, and the server stops at once. */
  @Test
  void stopsTheServersWorkWhenTheHedgeWins() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Agent cam =
        rig.agent("cam-1", "device", with(Rig.RESIDUAL, "cleave.agent.device-class", "cloud-gpu"));
    cam.hear(Rig.decision(1, split(cam, Hedge.AT_ONCE)));
    Rig.runUntil(cam, Rig::offloaded);
    var counts = edge.server().orElseThrow().plane().counts();
    int frames = 6;
    for (int i = 0; i < frames; i++) {
      assertThat(Rig.run(cam, i).record().hedgeWon()).isTrue();
    }
    await().until(() -> edge.workshop().machine().idle());
    long cancelled =
        counts.count(DataEvent.CANCELLED_UPLOADING) + counts.count(DataEvent.CANCELLED_WORKING);
    assertThat(cancelled).isGreaterThanOrEqualTo(frames);
    assertThat(counts.count(DataEvent.ANSWERED)).isZero();
    assertAllAnswered(cam, cam.device().orElseThrow().counts().submitted());
  }

  /** A late stage is a hedge whose delay is the deadline; an upload that still waits is dropped. */
  @Test
  void carriesOnAloneAtTheDeadline() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(edge);
    Agent cam =
        rig.agent(
            "cam-1",
            "device",
            Rig.through(relay, with(Rig.RESIDUAL, "cleave.agent.deadline", "500MS")));
    cam.hear(Rig.decision(1, split(cam, Hedge.NEVER)));
    Rig.runUntil(cam, Rig::offloaded);
    relay.rate(0);
    FrameCounts counts = cam.device().orElseThrow().counts();
    // An upload waits past its deadline if the frame before is not answered by then, that is, if
    // both came in within the milliseconds that this takes. A busy machine needs some attempts.
    for (int round = 0; round < 10 && counts.expired() == 0; round++) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(Rig.post(cam, i));
      }
      for (CompletableFuture<Answer> answer : answers) {
        Answer.Given given = Rig.given(answer);
        assertThat(given.record().rescued()).isTrue();
        assertThat(given.record().late()).isTrue();
        assertThat(given.record().latencySeconds()).isLessThan(10);
      }
    }
    assertThat(counts.expired()).isPositive();
    relay.rate(Double.POSITIVE_INFINITY);
    assertAllAnswered(cam, counts.submitted());
  }

  /** The look-up follows the link, without the controller. */
  @Test
  void followsAStepOfTheRateWithinTheNextFrame() {
    Agent edge = rig.agent("edge-1", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(edge);
    relay.rate(40e6);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    Plan offload = Plan.split(Rig.graph(cam), LayerSet.of(0), 1);
    double bits = Rig.graph(cam).inputSize().bits(); // 6.3 Mbit
    PlanTable table =
        PlanTable.of(
            List.of(
                new PlanTable.Entry(offload, 0.1, bits),
                new PlanTable.Entry(Plan.local(Rig.graph(cam)), 0.4, 0)),
            new double[] {1 / 10e6});
    cam.hear(Rig.decision(1, table));
    Rig.runUntil(cam, Rig::offloaded);
    for (int i = 0; i < 3; i++) {
      assertThat(Rig.offloaded(Rig.run(cam, i))).isTrue();
    }
    relay.rate(2e6);
    Answer.Given surprised = Rig.run(cam, 10); // its upload takes 3 s
    Answer.Given next = Rig.run(cam, 11);
    assertThat(surprised.record().lookup().uplinkBitsPerSecond()).isGreaterThan(10e6);
    assertThat(next.record().lookup().uplinkBitsPerSecond()).isLessThan(4e6);
    assertThat(Rig.offloaded(next)).isFalse();
    relay.rate(40e6);
    Rig.runUntil(cam, Rig::offloaded); // probes find out
    assertAllAnswered(cam, cam.device().orElseThrow().counts().submitted());
  }

  @Test
  void refusesWhatIsTooMuchAndAnswersTheRest() {
    Agent cam =
        rig.agent("cam-1", "device", with(Rig.RESIDUAL, "cleave.agent.frames-under-way", "1"));
    List<TensorValue> inputs = new SeededFrames(Rig.graph(cam), 0).apply(0);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) { // all of them come while the first one runs
      answers.add(
          cam.device().orElseThrow().infer(inputs, Double.POSITIVE_INFINITY).toCompletableFuture());
    }
    long refused =
        answers.stream()
            .filter(answer -> answer.handle((a, e) -> e instanceof Overloaded).join())
            .count();
    assertThat(refused).isEqualTo(10 - 3); // one under way, two wait
    assertThat(cam.device().orElseThrow().counts().refused()).isEqualTo(refused);
    assertAllAnswered(cam, 3);
  }
}
