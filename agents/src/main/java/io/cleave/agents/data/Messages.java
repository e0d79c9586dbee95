package io.cleave.agents.data;

import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.json.LayerRanges;

/** Between our records and the messages of the protocol. */
final class Messages {
  private static final int LONGEST_QUOTE = 100;

  private Messages() {}

  static Slice slice(SliceReference slice) {
    return Slice.newBuilder()
        .setModelSha256(slice.modelSha256())
        .setLayers(LayerRanges.format(slice.layers()))
        .build();
  }

  /**
   * Reads a slice.
   *
   * @throws IllegalArgumentException if it does not name one
   */
  static SliceReference slice(Slice slice) {
    return new SliceReference(slice.getModelSha256(), LayerRanges.parse(slice.getLayers()));
  }

  static FrameKey key(RunHead head) {
    return new FrameKey(head.getDevice(), head.getEpoch(), head.getFrame(), head.getStage());
  }

  /** A foreign text, short and harmless enough for a log. */
  static String quote(String text) {
    String start = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
