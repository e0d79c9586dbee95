package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.dnn.Floats;
import io.cleave.agents.frame.Answer;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.tiling.Grid;
import io.cleave.policies.wire.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles with zeros around them on three agents; zeros for those that do not come in time. */
class ApartStageTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double AT_ONCE = 1e-3; // a tile takes a helper twenty times as long

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

  /** The first layers in 2 x 2 tiles, dealt out to so many machines, the device first. */
  private static Plan apart(DnnGraph graph, int machines, double zerosAfterSeconds) {
    int end =
        LegalCuts.positions(graph).stream()
            .filter(last -> last > 0 && isMap(graph, LayerSet.range(1, last + 1)))
            .reduce((before, last) -> last)
            .orElseThrow();
    LayerSet run = LayerSet.range(1, end + 1);
    Funnel funnel = Funnel.of(graph, run);
    List<Sharing.Share> shares = new ArrayList<>();
    for (Piece tile :
        new Grid(2, 2).tiles(funnel.length(Strip.ROWS, false), funnel.length(3, false))) {
      Piece piece = tile.as(Piece.Kind.APART);
      shares.add(new Sharing.Share(shares.size() % machines, piece));
    }
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(run, new Sharing(shares, Handout.ASSIGNED, zerosAfterSeconds)),
            new Stage(Stage.DEVICE, LayerSet.range(end + 1, graph.size()))),
        Codec.FP32,
        Hedge.NEVER);
  }

  private static boolean isMap(DnnGraph graph, LayerSet run) {
    Funnel funnel = Funnel.of(graph, run);
    return funnel.apartObstacle(Strip.ROWS).isEmpty()
        && funnel.apartObstacle(Strip.COLUMNS).isEmpty()
        && funnel.length(Strip.ROWS, false) > 2;
  }

  @Test
  void threeMachinesMakeWhatOneWouldInTiles() {
    rig.agent("edge-1", "server", Map.of());
    rig.agent("edge-2", "server", Map.of());
    Agent cam = rig.agent("cam-1", "device", Map.of());
    Answer.Given whole = Rig.run(cam, 7);
    DnnGraph graph = Rig.graph(cam);
    cam.hear(SharedFrames.decision(1, apart(graph, 1, NEVER)));
    Answer.Given alone =
        SharedFrames.runUntil(cam, given -> given.record().lookup().stages().contains("["));
    cam.hear(SharedFrames.decision(2, apart(graph, 3, NEVER)));
    Answer.Given tiles =
        SharedFrames.runUntil(
            cam,
            given ->
                SharedFrames.piecesOf(given, "edge-1") == 1
                    && SharedFrames.piecesOf(given, "edge-2") == 1);
    SharedFrames.assertSame(tiles.outputs(), alone.outputs());
    assertThat(Floats.relativeDifference(whole.outputs().get(0), tiles.outputs().get(0)))
        .isGreaterThan(1e-3);
    assertThat(tiles.record().lookup().stages()).contains("edge-1[~2:0-");
    assertThat(tiles.record().told().zeros()).isZero();
    SharedFrames.assertAllAnswered(cam);
  }

  /** The device's own tiles are made, however long they take; those of helpers are zeros. */
  @Test
  void whatDoesNotComeInTimeIsZeros() {
    rig.agent("edge-1", "server", Rig.RESIDUAL);
    rig.agent("edge-2", "server", Rig.RESIDUAL);
    Agent cam = rig.agent("cam-1", "device", Rig.RESIDUAL);
    DnnGraph graph = Rig.graph(cam);
    cam.hear(SharedFrames.decision(1, apart(graph, 3, NEVER)));
    Answer.Given all = SharedFrames.runUntil(cam, Rig::offloaded);
    cam.hear(SharedFrames.decision(2, apart(graph, 3, AT_ONCE)));
    Answer.Given zeros = SharedFrames.runUntil(cam, given -> given.record().told().zeros() == 2);
    assertThat(Floats.relativeDifference(all.outputs().get(0), zeros.outputs().get(0)))
        .isGreaterThan(1e-3);
    Answer.Given again = SharedFrames.runUntil(cam, given -> given.record().told().zeros() == 2);
    SharedFrames.assertSame(again.outputs(), zeros.outputs());
    assertThat(cam.device().orElseThrow().counts().zeros()).isGreaterThanOrEqualTo(4);
    SharedFrames.assertAllAnswered(cam);
  }

  /** One helper may be away, without whom the others go on; without both the device is alone. */
  @Test
  void oneHelperMayBeAway() {
    Agent one = rig.start("edge-1", "server", Rig.RESIDUAL, 1);
    Agent two = rig.start("edge-2", "server", Rig.RESIDUAL, 1);
    Agent cam = rig.agent("cam-1", "device", Rig.RESIDUAL);
    for (Agent helper : List.of(one, two)) {
      helper.hear(Rig.status(cam, 1));
      cam.hear(Rig.status(helper, 1));
    }
    cam.hear(SharedFrames.decision(1, apart(Rig.graph(cam), 3, AT_ONCE)));
    SharedFrames.runUntil(cam, Rig::offloaded);
    one.close();
    cam.hear(Status.offline("edge-1", 1));
    long withheld = cam.device().orElseThrow().counts().withheld();
    Answer.Given without = Rig.run(cam, 7);
    assertThat(Rig.offloaded(without)).isTrue();
    assertThat(SharedFrames.piecesOf(without, "edge-1")).isZero();
    assertThat(cam.device().orElseThrow().counts().withheld()).isEqualTo(withheld);
    two.close();
    cam.hear(Status.offline("edge-2", 1));
    assertThat(Rig.offloaded(Rig.run(cam, 7))).isFalse();
    SharedFrames.assertAllAnswered(cam);
  }
}
