package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.transport.grpc.Piece;
import io.cleave.transport.grpc.PieceKind;
import io.cleave.transport.grpc.PieceStrip;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.grpc.SliceStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PieceMessagesTest {
  private static final String MODEL = "ab".repeat(32);
  private static final Step STEP =
      Step.piece(
          LayerSet.of(3, 4), io.cleave.policies.pieces.Piece.tile(new Span(5, 12), new Span(0, 3)));

  @Test
  void aPieceComesAcross() {
    SliceReference slice = new SliceReference(MODEL, List.of(STEP));
    Slice message = Messages.slice(slice);
    assertThat(message.getPiece().getStrips(0).getAxis()).isEqualTo(2);
    assertThat(Messages.slice(message)).isEqualTo(slice);
  }

  @Test
  void aSummandComesAcross() {
    Step step = Step.piece(LayerSet.of(3), io.cleave.policies.pieces.Piece.sum(1, new Span(8, 16)));
    SliceReference slice = new SliceReference(MODEL, List.of(step));
    assertThat(Messages.slice(Messages.slice(slice))).isEqualTo(slice);
  }

  @Test
  void aTileMadeApartComesAcross() {
    Step step =
        Step.piece(
            LayerSet.of(3),
            io.cleave.policies.pieces.Piece.tile(new Span(0, 4), new Span(4, 7))
                .as(io.cleave.policies.pieces.Piece.Kind.APART));
    SliceReference slice = new SliceReference(MODEL, List.of(step));
    assertThat(Messages.slice(Messages.slice(slice))).isEqualTo(slice);
  }

  @Test
  void aTileOfACheckerboardComesAcross() {
    Checkerboard board = new Checkerboard(List.of(4L, 7L), List.of(3L, 5L, 8L));
    Step step = Step.piece(LayerSet.of(3), board.tile(1, 2));
    SliceReference slice = new SliceReference(MODEL, List.of(step));
    assertThat(Messages.slice(Messages.slice(slice))).isEqualTo(slice);
  }

  @Test
  void aTileOfNoCheckerboardIsRefused() {
    for (List<Long> ends : List.of(List.<Long>of(), List.of(2L, 3L), List.of(3L, 1L))) {
      Piece piece =
          Piece.newBuilder()
              .addStrips(strip(2, 0, 1))
              .addStrips(strip(3, 0, 1))
              .setKind(PieceKind.CHECKERED)
              .addAllRowEnds(ends)
              .addAllColumnEnds(ends)
              .build();
      Slice message =
          Slice.newBuilder().setModelSha256(MODEL).setLayers("3-4").setPiece(piece).build();
      assertThatThrownBy(() -> Messages.slice(message))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("checkerboard");
    }
  }

  @Test
  void aKindThatNobodyKnowsIsRefused() {
    Piece piece = Piece.newBuilder().addStrips(strip(2, 0, 1)).setKindValue(9).build();
    Slice message =
        Slice.newBuilder().setModelSha256(MODEL).setLayers("3-4").setPiece(piece).build();
    assertThatThrownBy(() -> Messages.slice(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind is in 0..3, not 9");
  }

  @Test
  void aSummandOfTwoAxesIsRefused() {
    Piece piece =
        Piece.newBuilder()
            .addStrips(strip(2, 0, 1))
            .addStrips(strip(3, 0, 1))
            .setKind(PieceKind.SUMMAND)
            .build();
    Slice message =
        Slice.newBuilder().setModelSha256(MODEL).setLayers("3-4").setPiece(piece).build();
    assertThatThrownBy(() -> Messages.slice(message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one axis");
  }

  @Test
  void aWholeSliceIsWrittenAsBefore() {
    Slice message = Messages.slice(new SliceReference(MODEL, LayerSet.of(3, 4)));
    assertThat(message.hasPiece()).isFalse();
    assertThat(Messages.slice(message).steps().get(0).piece()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "-1, 0, 1", "2, -1, 1", "2, 5, 5", "2, 9, 3"})
  void aPieceThatCannotBeIsRefused(int axis, long from, long to) {
    Slice message =
        Slice.newBuilder()
            .setModelSha256(MODEL)
            .setLayers("3-4")
            .setPiece(Piece.newBuilder().addStrips(strip(axis, from, to)))
            .build();
    assertThatThrownBy(() -> Messages.slice(message)).isInstanceOf(IllegalArgumentException.class);
  }

  private static PieceStrip strip(int axis, long from, long to) {
    return PieceStrip.newBuilder().setAxis(axis).setFrom(from).setTo(to).build();
  }

  @Test
  void aPieceOfNoStripsOfOneAxisTwiceOrOfManyIsRefused() {
    for (Piece piece :
        List.of(
            Piece.getDefaultInstance(),
            Piece.newBuilder().addStrips(strip(2, 0, 1)).addStrips(strip(2, 3, 4)).build(),
            Piece.newBuilder()
                .addAllStrips(java.util.Collections.nCopies(100_000, strip(2, 0, 1)))
                .build())) {
      Slice message =
          Slice.newBuilder().setModelSha256(MODEL).setLayers("3-4").setPiece(piece).build();
      assertThatThrownBy(() -> Messages.slice(message))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cut along");
    }
  }

  @Test
  void aPieceOfTheInputOrWithStepsIsRefused() {
    Piece piece = Piece.newBuilder().addStrips(strip(2, 0, 1)).build();
    Slice ofInput =
        Slice.newBuilder().setModelSha256(MODEL).setLayers("0-4").setPiece(piece).build();
    assertThatThrownBy(() -> Messages.slice(ofInput))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input");
    Slice inSteps =
        Slice.newBuilder()
            .setModelSha256(MODEL)
            .setLayers("3-4")
            .setPiece(piece)
            .addSteps(SliceStep.newBuilder().setLayers("3-4"))
            .build();
    assertThatThrownBy(() -> Messages.slice(inSteps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without steps");
    assertThatThrownBy(() -> new SliceReference(MODEL, List.of(STEP, Step.of(LayerSet.of(5)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one step");
  }
}
