package io.cleave.policies.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanNeedTest {
  // Bytes of tensors 40, 80, 120, 4; weights 100, 200, 300.
  private static final DnnGraph CHAIN =
      Networks.from(10)
          .layer(100, List.of(0), 20)
          .layer(200, List.of(1), 30)
          .layer(300, List.of(2), 1)
          .graph();

  @Test
  void eachMachineHoldsItsOwnLayers() {
    List<Need> needs = PlanNeed.of(CHAIN, Plan.split(CHAIN, LayerSet.of(0, 1), 2));
    // The device: 40+80 while it runs; then it holds what it sent, 80, and the answer, 4.
    // Server 2: 80+120+4. Server 1 does nothing.
    assertThat(needs).containsExactly(new Need(100, 120), Need.NONE, new Need(500, 204));
  }

  /** Weights as the model notes them, tensors as floats; what carries on runs in floats. */
  @Test
  void layersInEightBitsHoldWhatTheyAreStoredIn() {
    Plan split = Plan.split(CHAIN, LayerSet.of(0, 1), 2);
    Plan eight =
        split.with(List.of(Stage.eightBits(LayerSet.of(0, 1)), new Stage(2, LayerSet.of(2, 3))));
    assertThat(PlanNeed.of(CHAIN, eight)).isEqualTo(PlanNeed.of(CHAIN, split));
    DnnGraph noted =
        CHAIN.with(
            tensor -> tensor.producer() == 1 ? tensor.with(new EightBits(0.5, 30, 0)) : tensor);
    assertThat(PlanNeed.of(noted, eight))
        .containsExactly(new Need(30, 120), Need.NONE, new Need(500, 204));
    assertThat(PlanNeed.of(noted, eight.with(Hedge.AT_ONCE)).get(0)).isEqualTo(new Need(530, 204));
  }

  @Test
  void aHedgeNeedsTheDevicesOwnWayOn() {
    Plan hedged = Plan.split(CHAIN, LayerSet.of(0, 1), 1).with(Hedge.AT_ONCE);
    // 80, 120 and 4 of layers 2 and 3 are more than 40+80 of layer 1; all weights.
    assertThat(PlanNeed.of(CHAIN, hedged).get(0)).isEqualTo(new Need(600, 204));
  }

  @Test
  void theDeviceHoldsWhatPassesBy() {
    // t1 is read by l2 and by l4; l2 and l3 are run elsewhere. Bytes: 4, 40, 80, 40, 40.
    DnnGraph graph =
        Networks.from(1)
            .layer(0, List.of(0), 10)
            .layer(8, List.of(1), 20)
            .layer(8, List.of(2), 10)
            .layer(0, List.of(1, 3), 10)
            .graph();
    Plan plan =
        new Plan(
            List.of(
                new Stage(0, LayerSet.of(0, 1)),
                new Stage(1, LayerSet.of(2)),
                new Stage(0, LayerSet.of(3, 4))),
            Codec.FP32,
            Hedge.NEVER);
    // Leg 1: 4+40. Leg 2: t1 sent, t2 comes: 40+80. Leg 3: t1 and t2 are read: 120 +40 +40 = 200.
    assertThat(PlanNeed.of(graph, plan)).containsExactly(new Need(8, 200), new Need(8, 120));
  }

  private static DnnGraph image() {
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    Division rows = new Division(Map.of(2, same));
    return Networks.from(1, 1, 8, 1)
        .layer(36, rows, List.of(0), 1, 1, 8, 1)
        .layer(8, List.of(1), 2)
        .graph();
  }

  private static Plan shared(Handout handout) {
    Sharing sharing =
        new Sharing(
            List.of(
                new Sharing.Share(1, Piece.of(2, new Span(0, 3))),
                new Sharing.Share(0, Piece.of(2, new Span(3, 6))),
                new Sharing.Share(1, Piece.of(2, new Span(6, 8)))),
            handout);
    return new Plan(
        List.of(
            new Stage(0, LayerSet.of(0)),
            Stage.shared(LayerSet.of(1), sharing),
            new Stage(0, LayerSet.of(2))),
        Codec.FP32,
        Hedge.NEVER);
  }

  @Test
  void ofPiecesEachSliceHasItsOwnWeightsAndTheDeviceTheWhole() {
    // Rows 0-2 read 0-3: 16+12 bytes; 3-5 read 2-6: 20+12; 6-7 read 5-7: 12+8.
    // The device holds the image and what is made of it, 32 each, besides its piece: 64+32 = 96;
    // its own weights are 36 for the piece and 8 for the last layer.
    assertThat(PlanNeed.of(image(), shared(Handout.ASSIGNED)))
        .containsExactly(new Need(44, 96), new Need(72, 28));
  }

  /** Nine rows, two layers that look one row further, tiles of three rows. */
  @Test
  void tilesOfACheckerboardAreHeldBothWaysAndWhatTheyHandOnByTheDevice() {
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    Division rows = new Division(Map.of(2, same, 3, ReceptiveField.POINT));
    DnnGraph graph =
        Networks.from(1, 1, 9, 1)
            .layer(36, rows, List.of(0), 1, 1, 9, 1)
            .layer(36, rows, List.of(1), 1, 1, 9, 1)
            .graph();
    Checkerboard board = new Checkerboard(List.of(3L, 6L, 9L), List.of(1L));
    List<Sharing.Share> shares =
        board.line().stream().map(tile -> new Sharing.Share(1, tile)).toList();
    Plan plan =
        new Plan(
            List.of(
                new Stage(0, LayerSet.of(0)),
                Stage.shared(LayerSet.of(1, 2), new Sharing(shares, Handout.STOLEN))),
            Codec.FP32,
            Hedge.NEVER);
    // Rows 0-2 read 0-3 and these 0-4, and hand on two rows: 20+16+12 +8. Rows 3-5 read 2-6, of
    // which four are handed on, and 3-5: 12+20+12 +16; alone 1-7: 28+20+12. Weights: 72 for each
    // of the outer ones, twice 72 for the middle one. The device holds both ends and all of what
    // is handed on, 36+36+16, besides.
    assertThat(PlanNeed.of(graph, plan))
        .containsExactly(new Need(4 * 72, 60 + 88), new Need(4 * 72, 60));
  }

  @Test
  void whoMayTakeAnyPieceHoldsAllOfTheirSlices() {
    assertThat(PlanNeed.of(image(), shared(Handout.STOLEN)))
        .containsExactly(new Need(3 * 36 + 8, 96), new Need(3 * 36, 32));
  }

  /** Eight rows in halves, two layers that look one row further, in two rounds. */
  @Test
  void eachRoundIsASliceAndTheOneBeforeIsHeldBesideIt() {
    ReceptiveField same = new ReceptiveField.Sliding(3, 1, 1, 1);
    Division rows = new Division(Map.of(2, same, 3, ReceptiveField.POINT));
    DnnGraph graph =
        Networks.from(1, 1, 8, 1)
            .layer(36, rows, List.of(0), 1, 1, 8, 1)
            .layer(36, rows, List.of(1), 1, 1, 8, 1)
            .graph();
    List<Piece> halves = List.of(Piece.of(2, new Span(0, 4)), Piece.of(2, new Span(4, 8)));
    Sharing sharing =
        Sharing.inRounds(
            List.of(new Sharing.Share(1, halves.get(0)), new Sharing.Share(2, halves.get(1))),
            List.of(new Round(LayerSet.of(1), halves)));
    Plan plan =
        new Plan(
            List.of(new Stage(0, LayerSet.of(0)), Stage.shared(LayerSet.of(1, 2), sharing)),
            Codec.FP32,
            Hedge.NEVER);
    // Each round reads five rows and makes four: 20+16; in the second the four of the first, 16,
    // are held besides. The device holds both ends, 32+32, and no weights.
    assertThat(PlanNeed.of(graph, plan))
        .containsExactly(new Need(0, 64), new Need(72, 52), new Need(72, 52));
  }
}
