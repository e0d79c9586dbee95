package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles on three agents, several on each. */
class TiledStageTest {
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

  /** As many of the first layers as can be, in a grid of tiles, several a machine. */
  private static Plan tiled(DnnGraph graph, Handout handout) {
    int end =
        LegalCuts.positions(graph).stream()
            .filter(last -> last > 0 && canBeTiled(graph, LayerSet.range(1, last + 1)))
            .reduce((before, last) -> last)
            .orElseThrow();
    LayerSet run = LayerSet.range(1, end + 1);
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    long top = made.dim(2) / 3;
    long left = made.dim(3) / 2;
    List<Sharing.Share> shares = new ArrayList<>();
    for (Span rows : List.of(new Span(0, top), new Span(top, made.dim(2)))) {
      for (Span columns : List.of(new Span(0, 1), new Span(1, left), new Span(left, made.dim(3)))) {
        shares.add(new Sharing.Share((shares.size() + 1) % MACHINES, Piece.tile(rows, columns)));
      }
    }
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(run, new Sharing(shares, handout)),
            new Stage(Stage.DEVICE, LayerSet.range(end + 1, graph.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  private static boolean canBeTiled(DnnGraph graph, LayerSet run) {
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    return made.rank() == 4
        && made.dim(2) > MACHINES
        && made.dim(3) > MACHINES
        && Footprint.obstacle(graph, run, 2).isEmpty()
        && Footprint.obstacle(graph, run, 3).isEmpty();
  }

  @Test
  void tilesAreMadeSeveralOnEachMachine() {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), Handout.ASSIGNED)));
    Answer.Given tiles =
        SharedFrames.runUntil(
            cam,
            given ->
                Stream.of("edge-1", "edge-2")
                    .allMatch(server -> SharedFrames.piecesOf(given, server) == 2));
    SharedFrames.assertSame(tiles.outputs(), local.outputs());
    assertThat(tiles.record().lookup().stages()).contains("edge-1[2:0-");
    SharedFrames.assertAllAnswered(cam);
  }

  /** Who is free takes the next tile: all are made, and by all three machines. */
  @Test
  void tilesAreStolen() {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), Handout.STOLEN)));
    Answer.Given tiles =
        SharedFrames.runUntil(
            cam,
            given ->
                Stream.of("edge-1", "edge-2")
                    .allMatch(server -> SharedFrames.piecesOf(given, server) >= 1));
    SharedFrames.assertSame(tiles.outputs(), local.outputs());
    SharedFrames.assertAllAnswered(cam);
  }

  /** A helper that breaks away while tiles are stolen takes no more; none is lost. */
  @Test
  void whoBreaksAwayStealsNoMore() {
    Agent one = rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, Rig.RESIDUAL));
    Answer.Given local = Rig.run(cam, 5);
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), Handout.STOLEN)));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    CompletableFuture<Answer> running = Rig.post(cam, 5);
    Rig.awaitWork(one);
    relay.cut();
    Answer.Given rescued = Rig.given(running);
    SharedFrames.assertSame(rescued.outputs(), local.outputs());
    assertThat(cam.device().orElseThrow().counts().failedStages()).isPositive();
    relay.mend(Rig.port(one));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    SharedFrames.assertAllAnswered(cam);
  }
}
