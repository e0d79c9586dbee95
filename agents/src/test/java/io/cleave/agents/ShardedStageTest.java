package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights divided among three agents: channels, neurons and summands. */
class ShardedStageTest {
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

  /** The longest runs, of at most so many blocks, that can be divided so are; the rest is here. */
  private static Plan sharded(DnnGraph graph, boolean summed, int blocks) {
    List<Integer> positions = LegalCuts.positions(graph);
    List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));
    for (int from = 0; from < positions.size() - 1; ) {
      int to = Math.min(positions.size() - 1, from + blocks);
      Optional<Stage> stage = stage(graph, positions, from, to, summed);
      while (stage.isEmpty() && to > from + 1) {
        to--;
        stage = stage(graph, positions, from, to, summed);
      }
      LayerSet layers = LayerSet.range(positions.get(from) + 1, positions.get(to) + 1);
      stages.add(stage.orElse(new Stage(Stage.DEVICE, layers)));
      from = to;
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }

  private static Optional<Stage> stage(
      DnnGraph graph, List<Integer> positions, int from, int to, boolean summed) {
    LayerSet run = LayerSet.range(positions.get(from) + 1, positions.get(to) + 1);
    boolean divisible =
        (summed ? Footprint.sumObstacle(graph, run) : Footprint.obstacle(graph, run, 1)).isEmpty();
    return divisible
        ? thirds(run, Funnel.of(graph, run).length(1, summed), summed)
        : Optional.empty();
  }

  private static Optional<Stage> thirds(LayerSet run, long length, boolean summed) {
    if (length < 3) {
      return Optional.empty();
    }
    List<Sharing.Share> shares = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      Span span = new Span(length * node / 3, length * (node + 1) / 3);
      shares.add(new Sharing.Share(node, summed ? Piece.sum(1, span) : Piece.of(1, span)));
    }
    return Optional.of(Stage.shared(run, new Sharing(shares)));
  }

  private static List<String> lastOperators(DnnGraph graph, Plan plan) {
    return plan.stages().stream()
        .filter(stage -> stage.sharing().isPresent())
        .map(stage -> graph.layer(stage.layers().stream().max().orElseThrow()).operator())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "small-chain, false, 2",
    "small-chain, true, 1",
    "small-chain, true, 3",
    "small-residual, true, 3",
    "small-depthwise, false, 3"
  })
  void weightsAreDividedAmongThreeAgents(String network, boolean summed, int blocks) {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of("cleave.agent.model", "zoo:" + network));
    DnnGraph graph = Rig.graph(cam);
    Plan plan = sharded(graph, summed, blocks);
    assertThat(lastOperators(graph, plan)).contains("Conv");
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, plan));
    Answer.Given pieces = SharedFrames.runUntilAsPlanned(cam, plan);
    SharedFrames.assertSame(pieces.outputs(), local.outputs());
    assertThat(pieces.record().lookup().stages())
        .containsPattern("edge-1\\[%s1:\\d+-\\d+]\\+edge-2".formatted(summed ? "\\+" : ""));
    SharedFrames.assertAllAnswered(cam);
  }

  /** What it would have added is added by the device. */
  @Test
  void aSummandWhoseHelperBreaksAwayIsMadeByTheDevice() {
    Agent one = rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    Answer.Given local = Rig.run(cam, 5);
    cam.hear(SharedFrames.decision(1, sharded(Rig.graph(cam), true, 3)));
    Rig.runUntil(cam, Rig::offloaded);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    relay.cut();
    SharedFrames.assertSame(Rig.given(running).outputs(), local.outputs());
    SharedFrames.assertAllAnswered(cam);
  }
}
