package io.cleave.agents.data;

import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.transport.grpc.PieceKind;
import io.cleave.transport.grpc.PieceStrip;
import io.cleave.transport.grpc.Signal;
import io.cleave.transport.grpc.SliceExit;
import io.cleave.transport.grpc.SliceStep;
import io.cleave.transport.json.LayerRanges;
import io.cleave.transport.json.WireLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The steps of a slice as messages of the protocol. */
final class StepMessages {
  private static final int MOST_NAME_CHARS = 256;

  private StepMessages() {}

  static SliceStep of(Step step) {
    SliceStep.Builder message = SliceStep.newBuilder().setLayers(LayerRanges.format(step.layers()));
    step.gate().ifPresent(gate -> message.setExit(of(gate)));
    return message.build();
  }

  private static SliceExit of(Gate gate) {
    SliceExit.Builder message =
        SliceExit.newBuilder()
            .setTensor(gate.tensor())
            .setSignal(gate.signal() == ExitSignal.ENTROPY ? Signal.ENTROPY : Signal.CONFIDENCE)
            .setClasses(gate.classes());
    gate.threshold().ifPresent(message::setThreshold);
    return message.build();
  }

  static io.cleave.transport.grpc.Piece of(Piece piece) {
    io.cleave.transport.grpc.Piece.Builder message =
        io.cleave.transport.grpc.Piece.newBuilder().setKind(kind(piece.kind()));
    for (Strip strip : piece.strips()) {
      message.addStrips(
          PieceStrip.newBuilder()
              .setAxis(strip.axis())
              .setFrom(strip.span().from())
              .setTo(strip.span().to()));
    }
    piece
        .board()
        .ifPresent(
            board -> message.addAllRowEnds(board.rowEnds()).addAllColumnEnds(board.columnEnds()));
    return message.build();
  }

  /**
   * Reads a piece.
   *
   * @throws IllegalArgumentException if there can be none like it
   */
  static Piece piece(io.cleave.transport.grpc.Piece message) {
    if (message.getStripsCount() > WireLimits.AXES) {
      throw new IllegalArgumentException(
          "A piece is cut along at most %d axes, not %d."
              .formatted(WireLimits.AXES, message.getStripsCount()));
    }
    List<Strip> strips =
        message.getStripsList().stream()
            .map(strip -> new Strip(strip.getAxis(), new Span(strip.getFrom(), strip.getTo())))
            .toList();
    return new Piece(strips, kind(message), board(message));
  }

  private static Optional<Checkerboard> board(io.cleave.transport.grpc.Piece message) {
    if (message.getRowEndsCount() == 0 && message.getColumnEndsCount() == 0) {
      return Optional.empty();
    }
    if (message.getRowEndsCount() > WireLimits.PIECES
        || message.getColumnEndsCount() > WireLimits.PIECES) {
      throw new IllegalArgumentException(
          "A checkerboard has at most %d rows and columns of tiles, not %d and %d."
              .formatted(
                  WireLimits.PIECES, message.getRowEndsCount(), message.getColumnEndsCount()));
    }
    return Optional.of(new Checkerboard(message.getRowEndsList(), message.getColumnEndsList()));
  }

  private static PieceKind kind(Piece.Kind kind) {
    return switch (kind) {
      case PART -> PieceKind.PART;
      case SUMMAND -> PieceKind.SUMMAND;
      case APART -> PieceKind.APART;
      case CHECKERED -> PieceKind.CHECKERED;
    };
  }

  private static Piece.Kind kind(io.cleave.transport.grpc.Piece message) {
    return switch (message.getKind()) {
      case PART -> Piece.Kind.PART;
      case SUMMAND -> Piece.Kind.SUMMAND;
      case APART -> Piece.Kind.APART;
      case CHECKERED -> Piece.Kind.CHECKERED;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "A piece's kind is in %d..%d, not %d."
                  .formatted(
                      PieceKind.PART_VALUE, PieceKind.CHECKERED_VALUE, message.getKindValue()));
    };
  }

  /**
   * Reads a step.
   *
   * @throws IllegalArgumentException if there can be none like it
   */
  static Step step(SliceStep step) {
    return new Step(
        LayerRanges.parse(step.getLayers()),
        step.hasExit() ? Optional.of(gate(step.getExit())) : Optional.empty());
  }

  private static Gate gate(SliceExit exit) {
    String tensor = exit.getTensor();
    if (tensor.isEmpty() || tensor.length() > MOST_NAME_CHARS) {
      throw new IllegalArgumentException(
          "An exit's tensor has a name of 1 to %d characters, not of %d."
              .formatted(MOST_NAME_CHARS, tensor.length()));
    }
    return new Gate(
        tensor,
        signal(exit),
        exit.getClasses(),
        exit.hasThreshold() ? OptionalDouble.of(exit.getThreshold()) : OptionalDouble.empty());
  }

  private static ExitSignal signal(SliceExit exit) {
    return switch (exit.getSignal()) {
      case ENTROPY -> ExitSignal.ENTROPY;
      case CONFIDENCE -> ExitSignal.CONFIDENCE;
      case SIGNAL_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "An exit's signal is %d or %d, not %d."
                  .formatted(Signal.ENTROPY_VALUE, Signal.CONFIDENCE_VALUE, exit.getSignalValue()));
    };
  }
}
