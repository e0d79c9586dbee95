package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.data.DataEvent;
import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three agents that make a stage round by round, and hand each other what the next one needs. */
class RoundsStageTest {
  private static final int FRAMES = 5;
  private static final List<Integer> ALL = List.of(1, 0, 2); // the device between its helpers

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

  /** Up to the last place where all layers can be cut along rows. */
  private static List<Integer> ends(DnnGraph graph, int parts) {
    List<Integer> ends = new ArrayList<>();
    for (int end : LegalCuts.positions(graph)) {
      LayerSet run = LayerSet.range(1, end + 1);
      if (end > 0 && canBeCut(graph, run, parts)) {
        ends.add(end);
      }
    }
    return ends;
  }

  private static boolean canBeCut(DnnGraph graph, LayerSet run, int parts) {
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    return made.rank() == 4
        && made.dim(2) >= parts
        && Footprint.obstacle(graph, run, Strip.ROWS).isEmpty();
  }

  /** A round each so many places, at most so many. */
  private static Plan plan(DnnGraph graph, List<Integer> nodes, int apart, int most) {
    List<Integer> ends = ends(graph, nodes.size());
    List<Round> before = new ArrayList<>();
    List<Sharing.Share> shares = new ArrayList<>();
    int from = 1;
    int place = apart - 1;
    while (before.size() < most - 1 && place < ends.size() - 1) {
      LayerSet run = LayerSet.range(from, ends.get(place) + 1);
      before.add(new Round(run, strips(graph, run, nodes.size())));
      from = ends.get(place) + 1;
      place += apart;
    }
    int end = ends.get(Math.min(place, ends.size() - 1));
    List<Piece> last = strips(graph, LayerSet.range(from, end + 1), nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      shares.add(new Sharing.Share(nodes.get(i), last.get(i)));
    }
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(LayerSet.range(1, end + 1), Sharing.inRounds(shares, before)),
            new Stage(Stage.DEVICE, LayerSet.range(end + 1, graph.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  private static List<Piece> strips(DnnGraph graph, LayerSet run, int count) {
    long rows = graph.tensor(Footprint.output(graph, run)).shape().dim(Strip.ROWS);
    List<Piece> strips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strips.add(Piece.of(Strip.ROWS, new Span(rows * i / count, rows * (i + 1) / count)));
    }
    return strips;
  }

  private static long bytes(DnnGraph graph, Plan plan, int from, int to) {
    Rounds rounds = plan.stages().get(1).rounds(graph).orElseThrow();
    return rounds.halos().stream()
        .filter(halo -> halo.from() == from && halo.to() == to)
        .mapToLong(halo -> halo.patch().bytes(graph))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({
    "small-chain, 1, 9",
    "small-chain, 2, 9",
    "small-residual, 1, 9",
    "small-inception, 1, 4"
  })
  void roundsOnThreeAgentsAnswerAsTheWhole(String network, int apart, int most) {
    Agent one = rig.agent("edge-1", "server", Map.of());
    Agent two = rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of("cleave.agent.model", "zoo:" + network));
    DnnGraph graph = Rig.graph(cam);
    long version = 1;
    for (List<Integer> nodes : List.of(ALL, List.of(1, 2), List.of(0, 1))) {
      Plan plan = plan(graph, nodes, apart, most);
      assertThat(plan.stages().get(1).rounds(graph).orElseThrow().halos()).isNotEmpty();
      Answer.Given local = Rig.run(cam, 7);
      cam.hear(SharedFrames.decision(++version, plan));
      Answer.Given pieces =
          SharedFrames.runUntil(
              cam,
              given ->
                  SharedFrames.piecesOf(given, "edge-1") == 1
                      && SharedFrames.piecesOf(given, "edge-2") == (nodes.contains(2) ? 1 : 0));
      SharedFrames.assertSame(pieces.outputs(), local.outputs());
    }
    SharedFrames.assertAllAnswered(cam);
    assertThat(two.server().orElseThrow().plane().counts().count(DataEvent.EXECUTED)).isPositive();
    assertThat(one.server().orElseThrow().plane().counts().count(DataEvent.EXECUTED)).isPositive();
  }

  /** What helpers hand each other does not cross the device. */
  @Test
  void peersTalkDirectly() {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    DnnGraph graph = Rig.graph(cam);
    Plan plan = plan(graph, List.of(0, 1, 2), 1, 9);
    cam.hear(SharedFrames.decision(1, plan));
    Answer.Given given = SharedFrames.runUntilAsPlanned(cam, plan);
    Rounds rounds = plan.stages().get(1).rounds(graph).orElseThrow();
    long there = 0;
    long back = 0;
    for (int share = 1; share <= 2; share++) {
      there += rounds.reads(0, share).stream().mapToLong(read -> read.bytes(graph)).sum();
      back += rounds.made(rounds.count() - 1, share).bytes(graph);
    }
    assertThat(bytes(graph, plan, 1, 2)).isPositive();
    assertThat(given.record().parts().uplinkBytes())
        .isEqualTo(there + bytes(graph, plan, 0, 1) + bytes(graph, plan, 0, 2));
    assertThat(given.record().parts().downlinkBytes())
        .isEqualTo(back + bytes(graph, plan, 1, 0) + bytes(graph, plan, 2, 0));
  }

  /** A helper that breaks away in the middle: the device makes all of it, in one go. */
  @Test
  void aPeerThatBreaksAwayCostsNoFrame() {
    Agent one = rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    Answer.Given local = Rig.run(cam, 5);
    Plan plan = plan(Rig.graph(cam), ALL, 1, 9);
    cam.hear(SharedFrames.decision(1, plan));
    SharedFrames.runUntilAsPlanned(cam, plan);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    relay.cut();
    SharedFrames.assertSame(Rig.given(running).outputs(), local.outputs());
    assertThat(cam.device().orElseThrow().counts().failedStages()).isPositive();
    for (int frame = 0; frame < FRAMES; frame++) {
      SharedFrames.assertSame(Rig.run(cam, 5).outputs(), local.outputs());
    }
    relay.mend(Rig.port(one));
    SharedFrames.runUntilAsPlanned(cam, plan);
    SharedFrames.assertAllAnswered(cam);
  }

  /** A helper that dies for good in the middle of a round. */
  @Test
  void aPeerThatDiesCostsNoFrame() {
    Agent one = rig.start("edge-1", "server", Rig.RESIDUAL, 1);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Agent cam = rig.agent("cam-1", "device", Rig.RESIDUAL);
    one.hear(Rig.status(cam, 1));
    cam.hear(Rig.status(one, 1));
    Answer.Given local = Rig.run(cam, 5);
    Plan plan = plan(Rig.graph(cam), List.of(1, 2, 0), 1, 9); // both others need it or each other
    cam.hear(SharedFrames.decision(1, plan));
    SharedFrames.runUntilAsPlanned(cam, plan);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    one.close();
    SharedFrames.assertSame(Rig.given(running).outputs(), local.outputs());
    for (int frame = 0; frame < FRAMES; frame++) {
      SharedFrames.assertSame(Rig.run(cam, 5).outputs(), local.outputs());
    }
    SharedFrames.assertAllAnswered(cam);
  }

  /** A link that stands still: helpers wait for each other, and the device not for ever. */
  @Test
  void aPeerThatIsLateCostsNoFrame() {
    Agent one = rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Map.of()));
    Answer.Given local = Rig.run(cam, 5);
    Plan plan = plan(Rig.graph(cam), ALL, 1, 9);
    cam.hear(SharedFrames.decision(1, plan));
    SharedFrames.runUntilAsPlanned(cam, plan);
    relay.rate(0);
    Answer.Given late = Rig.run(cam, 5);
    SharedFrames.assertSame(late.outputs(), local.outputs());
    assertThat(late.pieces().stream().filter(piece -> piece.server().isEmpty()))
        .filteredOn(piece -> piece.layers().equals(plan.stages().get(1).layers()))
        .as("all of it in one go, not piece by piece")
        .hasSize(1);
    relay.rate(Double.POSITIVE_INFINITY);
    SharedFrames.runUntilAsPlanned(cam, plan);
    SharedFrames.assertAllAnswered(cam);
  }
}
