package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.tiling.Grid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles on three agents, several on each. */
class TiledStageTest {
  private static final int MACHINES = 3;
  private static final int FRAMES = 5;
  private static final int CHAIN_LAYERS = 9;

  /** A chain whose tiles take some milliseconds each. */
  private static final Map<String, String> CHAIN =
      Map.of(
          "cleave.agent.model", "zoo:nin",
          "cleave.agent.device-class", "raspberry-pi-3b",
          "cleave.agent.pace", "class");

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
  private static Plan tiled(DnnGraph graph, Grid grid, Handout handout) {
    int end =
        LegalCuts.positions(graph).stream()
            .filter(last -> last > 0 && canBeTiled(graph, LayerSet.range(1, last + 1)))
            .reduce((before, last) -> last)
            .orElseThrow();
    LayerSet run = LayerSet.range(1, end + 1);
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    List<Sharing.Share> shares = new ArrayList<>();
    for (Piece tile : grid.tiles(made.dim(2), made.dim(3))) {
      shares.add(new Sharing.Share((shares.size() + 1) % MACHINES, tile));
    }
    return plan(graph, run, new Sharing(shares, handout));
  }

  private static Plan plan(DnnGraph graph, LayerSet run, Sharing sharing) {
    LayerSet rest = graph.all().minus(run).minus(LayerSet.of(0));
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(run, sharing),
            new Stage(Stage.DEVICE, rest)),
        Codec.FP32,
        Hedge.NEVER);
  }

  /**
   * The first layers, with windows of 11, 1, 1, 3 and 5 places, of which every other tile reuses.
   */
  private static Plan checkered(DnnGraph graph, Grid grid) {
    int end =
        LegalCuts.positions(graph).stream()
            .filter(last -> last > 0 && canBeTiled(graph, LayerSet.range(1, last + 1)))
            .filter(last -> last <= CHAIN_LAYERS)
            .reduce((before, last) -> last)
            .orElseThrow();
    LayerSet run = LayerSet.range(1, end + 1);
    TensorShape made = graph.tensor(Footprint.output(graph, run)).shape();
    Checkerboard board = Checkerboard.of(grid.tiles(made.dim(2), made.dim(3)));
    List<Sharing.Share> shares = new ArrayList<>();
    for (Piece tile : board.line()) {
      shares.add(new Sharing.Share((shares.size() + 1) % MACHINES, tile));
    }
    assertThat(board.line())
        .anySatisfy(tile -> assertThat(Making.of(graph, run, tile).sources()).isNotEmpty());
    return plan(graph, run, new Sharing(shares, Handout.STOLEN));
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
    Answer.Given tiles = onThreeAgents(Handout.ASSIGNED, pieces -> pieces == 2);
    assertThat(tiles.record().lookup().stages()).contains("edge-1[2:0-");
  }

  /** Who is free takes the next tile: all are made, and by all three machines. */
  @Test
  void tilesAreStolen() {
    onThreeAgents(Handout.STOLEN, pieces -> pieces >= 1);
  }

  /** Frames until each helper makes as many tiles as wanted; the answer is what the whole's is. */
  private Answer.Given onThreeAgents(Handout handout, LongPredicate wanted) {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), new Grid(2, 3), handout)));
    Answer.Given tiles =
        SharedFrames.runUntil(
            cam,
            given ->
                Stream.of("edge-1", "edge-2")
                    .allMatch(server -> wanted.test(SharedFrames.piecesOf(given, server))));
    SharedFrames.assertSame(tiles.outputs(), local.outputs());
    SharedFrames.assertAllAnswered(cam);
    return tiles;
  }

  /** What even tiles hand on crosses to the device and from it: the answer is the whole's. */
  @Test
  void tilesTakeWhatTheirNeighboursMade() {
    rig.agent("edge-1", "server", CHAIN);
    rig.agent("edge-2", "server", CHAIN);
    Agent cam = rig.agent("cam-1", "device", CHAIN);
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, checkered(Rig.graph(cam), new Grid(3, 3))));
    Answer.Given tiles =
        SharedFrames.runUntil(
            cam,
            given ->
                Stream.of("edge-1", "edge-2")
                    .allMatch(server -> SharedFrames.piecesOf(given, server) >= 2));
    assertThat(tiles.record().lookup().stages()).contains("edge-1[#2:0-");
    assertThat(cam.device().orElseThrow().counts().reuses()).isPositive();
    SharedFrames.assertSame(tiles.outputs(), local.outputs());
    SharedFrames.assertAllAnswered(cam);
  }

  /** A helper that breaks away: its tiles are made here, those beside them of that or alone. */
  @Test
  void whoBreaksAwayHandsNothingOn() {
    Agent one = rig.agent("edge-1", "server", CHAIN);
    rig.agent("edge-2", "server", CHAIN);
    Relay relay = rig.relay(one);
    Agent cam = rig.agent("cam-1", "device", Rig.through(relay, CHAIN));
    Answer.Given local = Rig.run(cam, 5);
    cam.hear(SharedFrames.decision(1, checkered(Rig.graph(cam), new Grid(3, 3))));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    relay.cut();
    SharedFrames.assertSame(Rig.given(running).outputs(), local.outputs());
    assertThat(cam.device().orElseThrow().counts().failedStages()).isPositive();
    for (int frame = 0; frame < FRAMES; frame++) {
      SharedFrames.assertSame(Rig.run(cam, 5).outputs(), local.outputs());
    }
    relay.mend(Rig.port(one));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
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
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), new Grid(2, 3), Handout.STOLEN)));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 5, one);
    relay.cut();
    Answer.Given rescued = Rig.given(running);
    SharedFrames.assertSame(rescued.outputs(), local.outputs());
    assertThat(cam.device().orElseThrow().counts().failedStages()).isPositive();
    relay.mend(Rig.port(one));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    SharedFrames.assertAllAnswered(cam);
  }

  /** A peer dies and is back four times slower: its tiles go to the others in the same frame. */
  @Test
  void workMovesAwayFromAPeerThatDiesOrIsSlow() {
    Agent one = rig.start("edge-1", "server", Rig.RESIDUAL, 1);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Agent cam = rig.agent("cam-1", "device", Rig.RESIDUAL);
    one.hear(Rig.status(cam, 1));
    cam.hear(Rig.status(one, 1));
    Answer.Given local = Rig.run(cam, 7);
    cam.hear(SharedFrames.decision(1, tiled(Rig.graph(cam), new Grid(4, 4), Handout.STOLEN)));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 2);

    CompletableFuture<Answer> running = Rig.postUntilAtWork(cam, 7, one);
    one.close();
    SharedFrames.assertSame(Rig.given(running).outputs(), local.outputs());
    for (int frame = 0; frame < FRAMES; frame++) {
      Answer.Given given = Rig.run(cam, 7);
      SharedFrames.assertSame(given.outputs(), local.outputs());
      assertThat(SharedFrames.piecesOf(given, "edge-1")).isZero();
    }

    Map<String, String> slow = new HashMap<>(Rig.RESIDUAL);
    slow.put("cleave.agent.pace-mistaken", "4");
    Agent next = rig.keep(rig.start("edge-1", "server", slow, 2));
    next.hear(Rig.status(cam, 1));
    cam.hear(Rig.status(next, 2));
    SharedFrames.runUntil(cam, given -> SharedFrames.piecesOf(given, "edge-1") >= 1);
    long slowTiles = 0;
    long otherTiles = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      Answer.Given given = Rig.run(cam, 7);
      SharedFrames.assertSame(given.outputs(), local.outputs());
      slowTiles += SharedFrames.piecesOf(given, "edge-1");
      otherTiles += SharedFrames.piecesOf(given, "edge-2");
    }
    assertThat(slowTiles).isLessThan(otherTiles);
    SharedFrames.assertAllAnswered(cam);
  }
}
