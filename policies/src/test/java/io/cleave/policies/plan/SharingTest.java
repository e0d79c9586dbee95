package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingTest {
  private static final Sharing HALVES =
      new Sharing(
          List.of(
              new Sharing.Share(0, Piece.of(2, new Span(0, 4))),
              new Sharing.Share(3, Piece.of(2, new Span(4, 9)))));

  private static Plan plan() {
    return new Plan(
        List.of(
            new Stage(Stage.DEVICE, LayerSet.of(0)),
            Stage.shared(LayerSet.of(1, 2), HALVES),
            new Stage(Stage.DEVICE, LayerSet.of(3))),
        Codec.FP32,
        Hedge.NEVER);
  }

  @Test
  void aPlanWithASharedStageIsNotLocalAndHasALegForIt() {
    assertThat(plan().isLocal()).isFalse();
    assertThat(plan().near()).isEqualTo(LayerSet.of(0));
    assertThat(plan().legs()).hasSize(3);
    assertThat(plan().stages().get(1).nodes()).containsExactly(0, 3);
  }

  @Test
  void renumberingKeepsPiecesAndTheDevice() {
    Stage stage = plan().stages().get(1).renumbered(new int[] {0, 9, 9, 1});
    assertThat(stage.node()).isEqualTo(Stage.DEVICE);
    assertThat(stage.sharing().orElseThrow().shares())
        .containsExactly(
            new Sharing.Share(0, Piece.of(2, new Span(0, 4))),
            new Sharing.Share(1, Piece.of(2, new Span(4, 9))));
    assertThat(new Stage(2, LayerSet.of(1)).renumbered(new int[] {0, 9, 5}))
        .isEqualTo(new Stage(5, LayerSet.of(1)));
  }

  private static Sharing.Share tile(int node, long top, long bottom, long left, long right) {
    return new Sharing.Share(node, Piece.tile(new Span(top, bottom), new Span(left, right)));
  }

  @Test
  void piecesAreTheWholeAndEachPlaceIsMadeOnce() {
    Sharing.Share first = new Sharing.Share(1, Piece.of(2, new Span(0, 3)));
    assertThat(new Sharing(List.of(first)).whole()).isEqualTo(Piece.of(2, new Span(0, 3)));
    assertRefused("only 4 of 5 places", first, new Sharing.Share(2, Piece.of(2, new Span(4, 5))));
    assertRefused("meet", first, new Sharing.Share(2, Piece.of(2, new Span(2, 5))));
    assertRefused("same axes", first, new Sharing.Share(2, Piece.of(3, new Span(3, 5))));
    assertThatThrownBy(() -> new Sharing(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one piece");
  }

  @Test
  void tilesNeedNotLieInRowsAndColumns() {
    // Left half whole, right half in two of unequal height, the last on a machine that has one.
    Sharing tiles =
        new Sharing(List.of(tile(0, 0, 6, 0, 3), tile(1, 0, 2, 3, 6), tile(0, 2, 6, 3, 6)));
    assertThat(tiles.whole()).isEqualTo(Piece.tile(new Span(0, 6), new Span(0, 6)));
    assertRefused("only 30 of 36 places", tile(0, 0, 6, 0, 3), tile(1, 2, 6, 3, 6));
    assertRefused("meet", tile(0, 0, 6, 0, 4), tile(1, 2, 6, 3, 6));
  }

  @Test
  void onlyWhatIsMadeApartIsTakenForZeros() {
    Sharing.Share part = tile(1, 0, 6, 0, 3);
    Sharing.Share apart = new Sharing.Share(1, part.piece().as(Piece.Kind.APART));
    assertThat(new Sharing(List.of(apart), Handout.ASSIGNED, 0.5).zerosAfterSeconds())
        .isEqualTo(0.5);
    assertThat(new Sharing(List.of(apart)).zerosAfterSeconds()).isInfinite();
    assertThatThrownBy(() -> new Sharing(List.of(part), Handout.ASSIGNED, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no others ever are");
    assertThatThrownBy(() -> new Sharing(List.of(apart), Handout.ASSIGNED, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused("of one kind", apart, tile(2, 0, 6, 3, 6));
  }

  @Test
  void checkeredPiecesAreOneGridThatIsTakenTileByTile() {
    List<Sharing.Share> parts =
        List.of(tile(1, 0, 2, 0, 3), tile(0, 2, 6, 0, 3), tile(2, 0, 2, 3, 6), tile(1, 2, 6, 3, 6));
    Sharing tiles = Sharing.checkered(parts);
    assertThat(tiles.kind()).isEqualTo(Piece.Kind.CHECKERED);
    assertThat(tiles.handout()).isEqualTo(Handout.STOLEN);
    assertThat(tiles.whole()).isEqualTo(Piece.tile(new Span(0, 6), new Span(0, 6)));
    assertThat(tiles.renumbered(new int[] {0, 2, 1}).kind()).isEqualTo(Piece.Kind.CHECKERED);
    assertThatThrownBy(() -> new Sharing(tiles.shares(), Handout.ASSIGNED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("since they need one another");
    assertThatThrownBy(() -> new Sharing(tiles.shares(), Handout.STOLEN, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Sharing.checkered(List.of(tile(0, 0, 6, 0, 3), parts.get(2), parts.get(3))))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused("of one kind", tiles.shares().get(0), parts.get(1));
  }

  private static void assertRefused(String why, Sharing.Share... shares) {
    assertThatThrownBy(() -> new Sharing(List.of(shares)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void onlyTheDeviceHandsOutAndNeverTheInput() {
    assertThatThrownBy(() -> Stage.shared(LayerSet.of(0, 1), HALVES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handed out by the device");
    assertThatThrownBy(() -> new Stage(1, LayerSet.of(1), java.util.Optional.of(HALVES)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Round round(int layer, long end) {
    return new Round(
        LayerSet.of(layer), List.of(Piece.of(2, new Span(0, end)), Piece.of(2, new Span(end, 12))));
  }

  @Test
  void roundsAreOfTheStagesLayersAndOfAllItsMachines() {
    List<Sharing.Share> shares = HALVES.shares();
    Stage stage =
        Stage.shared(LayerSet.of(1, 2, 4), Sharing.inRounds(shares, List.of(round(1, 3))));
    Stage moved = stage.with(layers -> LayerSet.of(layers.stream().map(i -> i + 1).toArray()));
    assertThat(moved.sharing().orElseThrow().rounds())
        .containsExactly(new Round(LayerSet.of(2), round(1, 3).pieces()));
    assertThat(moved.renumbered(new int[] {0, 9, 9, 1}).sharing().orElseThrow().rounds())
        .hasSize(1);
    assertThatThrownBy(
            () -> Stage.shared(LayerSet.of(1), Sharing.inRounds(shares, List.of(round(1, 3)))))
        .hasMessageContaining("leave some for the last");
    assertThatThrownBy(
            () ->
                Stage.shared(
                    LayerSet.of(1, 2, 4),
                    Sharing.inRounds(shares, List.of(round(1, 3), round(1, 4)))))
        .hasMessageContaining("each once");
    assertThatThrownBy(
            () ->
                Sharing.inRounds(
                    List.of(shares.get(0), new Sharing.Share(0, shares.get(1).piece())),
                    List.of(round(1, 3))))
        .hasMessageContaining("makes one piece");
    assertThatThrownBy(
            () ->
                Sharing.inRounds(
                    shares,
                    List.of(new Round(LayerSet.of(1), List.of(Piece.of(2, new Span(0, 9)))))))
        .hasMessageContaining("each of 2 machines");
    List<Sharing.Share> channels =
        List.of(
            new Sharing.Share(0, Piece.of(1, new Span(0, 4))),
            new Sharing.Share(1, Piece.of(1, new Span(4, 9))));
    assertThatThrownBy(() -> Sharing.inRounds(channels, List.of(round(1, 3))))
        .hasMessageContaining("Only parts along rows and columns");
  }
}
