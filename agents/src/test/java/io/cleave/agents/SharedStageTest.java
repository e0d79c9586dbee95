package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.data.DataEvent;
import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions, pools and fully connected layers in pieces on three agents. */
class SharedStageTest {
  private static final int MACHINES = 3;

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

  /** Every run between positions so many apart that can be shared is; the device does the rest. */
  private static Plan shared(DnnGraph graph, int blocks) {
    List<Integer> positions = LegalCuts.positions(graph);
    List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));
    int from = 0;
    while (from < positions.size() - 1) {
      int to = Math.min(positions.size() - 1, from + blocks);
      Optional<Stage> stage = Optional.empty();
      while (to > from && stage.isEmpty()) {
        stage = shared(graph, LayerSet.range(positions.get(from) + 1, positions.get(to) + 1));
        to--;
      }
      int end = stage.isPresent() ? to + 1 : from + 1;
      LayerSet layers = LayerSet.range(positions.get(from) + 1, positions.get(end) + 1);
      stages.add(stage.orElse(new Stage(Stage.DEVICE, layers)));
      from = end;
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }

  /** In three pieces, the helpers' larger than the device's. */
  private static Optional<Stage> shared(DnnGraph graph, LayerSet run) {
    int output = Footprint.output(graph, run);
    int rank = graph.tensor(output).shape().rank();
    int axis = rank == 4 ? 2 : rank - 1;
    long length = graph.tensor(output).shape().dim(axis);
    if (length < MACHINES || Footprint.obstacle(graph, run, axis).isPresent()) {
      return Optional.empty();
    }
    long first = Math.max(1, length / 4);
    long second = first + (length - first) / 2;
    return Optional.of(
        Stage.shared(
            run,
            new Sharing(
                List.of(
                    new Sharing.Share(2, Piece.of(axis, new Span(0, first))),
                    new Sharing.Share(0, Piece.of(axis, new Span(first, second))),
                    new Sharing.Share(1, Piece.of(axis, new Span(second, length)))))));
  }

  private static List<String> sharedOperators(DnnGraph graph, Plan plan) {
    return plan.stages().stream()
        .filter(stage -> stage.sharing().isPresent())
        .flatMap(stage -> stage.layers().stream().mapToObj(graph::layer))
        .map(Layer::operator)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void convolutionsPoolsAndFullyConnectedLayersRunInPiecesOnThreeAgents(int blocks) {
    Agent one = rig.agent("edge-1", "server", Map.of());
    Agent two = rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    DnnGraph graph = Rig.graph(cam);
    Plan plan = shared(graph, blocks);
    assertThat(sharedOperators(graph, plan)).contains("Conv", "MaxPool", "Gemm", "Relu");
    Answer.Given local = Rig.run(cam, 7);

    cam.hear(SharedFrames.decision(1, plan));
    Answer.Given pieces = SharedFrames.runUntilAsPlanned(cam, plan);
    SharedFrames.assertSame(pieces.outputs(), local.outputs());
    assertThat(pieces.record().hedgeWon()).isFalse();
    assertThat(one.server().orElseThrow().plane().counts().count(DataEvent.EXECUTED)).isPositive();
    assertThat(two.server().orElseThrow().plane().counts().count(DataEvent.EXECUTED)).isPositive();
    assertThat(pieces.record().lookup().stages())
        .containsPattern(
            "edge-2\\[\\d:0-\\d+]\\+device\\[\\d:\\d+-\\d+]\\+edge-1\\[\\d:\\d+-\\d+]:");
    SharedFrames.assertAllAnswered(cam);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-residual", "small-inception", "small-depthwise"})
  void branchesRunInPiecesToo(String network) {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of("cleave.agent.model", "zoo:" + network));
    Answer.Given local = Rig.run(cam, 7);
    Plan plan = shared(Rig.graph(cam), 3);
    cam.hear(SharedFrames.decision(1, plan));
    SharedFrames.assertSame(SharedFrames.runUntilAsPlanned(cam, plan).outputs(), local.outputs());
    SharedFrames.assertAllAnswered(cam);
  }

  @Test
  void eachHelperIsSentOnlyTheRowsThatItsPieceNeeds() {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    DnnGraph graph = Rig.graph(cam);
    Stage first = shared(graph, LayerSet.of(1)).orElseThrow();
    Plan plan =
        new Plan(
            List.of(
                new Stage(Stage.DEVICE, LayerSet.of(0)),
                first,
                new Stage(Stage.DEVICE, LayerSet.range(2, graph.size()))),
            Codec.FP32,
            Hedge.NEVER);
    cam.hear(SharedFrames.decision(1, plan));
    Answer.Given given = SharedFrames.runUntilAsPlanned(cam, plan);
    // 16 rows: edge-2 makes 0-3 of 0-4, edge-1 10-15 of 9-15: 12 rows of 16 pixels in 3 channels.
    assertThat(given.record().parts().uplinkBytes()).isEqualTo(12 * 16 * 3 * 4);
    // 4 and 6 rows of 16 pixels in 8 channels come back.
    assertThat(given.record().parts().downlinkBytes()).isEqualTo(10 * 16 * 8 * 4);
  }

  /** A helper that breaks away in mid-frame costs time, and no frame. */
  @Test
  void aPieceWhoseHelperBreaksAwayIsMadeByTheDevice() {
    Agent one = rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    Answer.Given local = Rig.run(cam, 5);
    cam.hear(SharedFrames.decision(1, shared(Rig.graph(cam), 3)));
    Rig.runUntil(cam, Rig::offloaded);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    relay.cut();
    Answer.Given rescued = Rig.given(running);
    SharedFrames.assertSame(rescued.outputs(), local.outputs());
    assertThat(Rig.offloaded(rescued)).isTrue();
    assertThat(cam.device().orElseThrow().counts().failedStages()).isPositive();
    assertThat(Rig.offloaded(Rig.run(cam, 6))).isFalse(); // the helper is known to be gone
    relay.mend(Rig.port(one));
    Rig.runUntil(cam, Rig::offloaded);
    SharedFrames.assertAllAnswered(cam);
  }

  /** A link that stands still fails nothing: the piece is late, and made here. */
  @Test
  void aPieceThatIsLateIsMadeByTheDevice() {
    Agent one = rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Map.of()));
    Answer.Given local = Rig.run(cam, 5);
    Plan plan = shared(Rig.graph(cam), 2);
    cam.hear(SharedFrames.decision(1, plan));
    SharedFrames.runUntilAsPlanned(cam, plan);
    relay.rate(0);
    Answer.Given late = Rig.run(cam, 5);
    assertThat(Rig.offloaded(late)).isTrue();
    SharedFrames.assertSame(late.outputs(), local.outputs());
    assertThat(SharedFrames.piecesOf(late, "edge-1")).isZero();
    relay.rate(Double.POSITIVE_INFINITY);
    SharedFrames.runUntilAsPlanned(cam, plan);
    SharedFrames.assertAllAnswered(cam);
  }

  /** Pieces take their share of the time, and a frame's parts add up to what it took. */
  @Test
  void piecesArePacedAndAccountedFor() {
    rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Agent cam = rig.agent("cam-1", "device", new HashMap<>(Rig.RESIDUAL));
    cam.hear(SharedFrames.decision(1, shared(Rig.graph(cam), 3)));
    var record = Rig.runUntil(cam, Rig::offloaded).record();
    var parts = record.parts();
    double sum =
        parts.deviceSeconds()
            + parts.codecSeconds()
            + parts.uplinkSeconds()
            + parts.queueSeconds()
            + parts.remoteSeconds()
            + parts.downlinkSeconds();
    assertThat(sum).isBetween(record.latencySeconds() * 0.9, record.latencySeconds() * 1.1);
    assertThat(parts.deviceBusySeconds()).isPositive();
  }
}
