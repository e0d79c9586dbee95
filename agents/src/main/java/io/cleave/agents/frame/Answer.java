package io.cleave.agents.frame;

import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;

/** What became of a frame. */
public sealed interface Answer {
  /**
   * It was answered.
   *
   * @param outputs of the network, in its order; of a frame that left at an exit, that one's alone
   * @param verdict what they say; empty if they do not tell classes apart
   * @param pieces what was run for it, in the order in which it was through; the last gave the
   *     answer
   * @param record how it went
   */
  record Given(
      List<TensorValue> outputs, Optional<Verdict> verdict, List<Piece> pieces, FrameRecord record)
      implements Answer {
    public Given {
      outputs = List.copyOf(outputs);
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * Layers that were run for a frame.
   *
   * @param server its name; absent on the device itself
   * @param seconds that they took there
   */
  record Piece(Optional<String> server, LayerSet layers, double seconds) {}

  /**
   * This machine cannot run the network at all.
   *
   * @param why one line
   */
  record Failed(String why) implements Answer {}
}
