package io.cleave.agents.data;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.json.LayerRanges;
import java.util.List;
import java.util.Optional;

/** Between our records and the messages of the protocol. */
final class Messages {
  private static final int LONGEST_QUOTE = 100;

  private Messages() {}

  static Slice slice(SliceReference slice) {
    Slice.Builder message =
        Slice.newBuilder()
            .setModelSha256(slice.modelSha256())
            .setLayers(LayerRanges.format(slice.layers()));
    slice.steps().get(0).piece().ifPresent(piece -> message.setPiece(StepMessages.of(piece)));
    slice.rounds().ifPresent(rounds -> message.setRounds(RoundMessages.of(rounds)));
    boolean plain = slice.steps().size() == 1 && slice.steps().get(0).gate().isEmpty();
    if (!plain) {
      slice.steps().forEach(step -> message.addSteps(StepMessages.of(step)));
    }
    return message.build();
  }

  /**
   * Reads a slice.
   *
   * @throws IllegalArgumentException if it does not name one
   */
  static SliceReference slice(Slice slice) {
    LayerSet layers = LayerRanges.parse(slice.getLayers());
    if (slice.getStepsCount() == 0) {
      return new SliceReference(
          slice.getModelSha256(),
          List.of(
              slice.hasPiece()
                  ? Step.piece(layers, StepMessages.piece(slice.getPiece()))
                  : Step.of(layers)),
          slice.hasRounds() ? Optional.of(RoundMessages.of(slice.getRounds())) : Optional.empty());
    }
    if (slice.hasPiece() || slice.hasRounds()) {
      throw new IllegalArgumentException("A slice that makes a piece comes without steps.");
    }
    SliceReference inSteps =
        new SliceReference(
            slice.getModelSha256(),
            slice.getStepsList().stream()
                .limit(SliceReference.MOST_STEPS + 1)
                .map(StepMessages::step)
                .toList());
    if (!inSteps.layers().equals(layers)) {
      throw new IllegalArgumentException(
          "The steps of a slice have all its layers, %s, not %s."
              .formatted(
                  quote(LayerRanges.format(layers)), quote(LayerRanges.format(inSteps.layers()))));
    }
    return inSteps;
  }

  static FrameKey key(RunHead head) {
    FrameKey work =
        new FrameKey(head.getDevice(), head.getEpoch(), head.getFrame(), head.getStage());
    return head.hasHandOver() ? work.with(handOver(head.getHandOver())) : work;
  }

  private static HandOver handOver(io.cleave.transport.grpc.HandOver message) {
    return new HandOver(message.getRound(), message.getFrom(), message.getTo());
  }

  static io.cleave.transport.grpc.HandOver handOver(HandOver handed) {
    return io.cleave.transport.grpc.HandOver.newBuilder()
        .setRound(handed.round())
        .setFrom(handed.from())
        .setTo(handed.to())
        .build();
  }

  /** A foreign text, short and harmless enough for a log. */
  static String quote(String text) {
    String start = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
