package io.cleave.agents.frame;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/** What became of a frame. */
public sealed interface Answer {
  /**
   * It was answered.
   *
   * @param outputs of the network, in its order
   * @param record how it went
   */
  record Given(List<TensorValue> outputs, FrameRecord record) implements Answer {
    public Given {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * This machine cannot run the network at all.
   *
   * @param why one line
   */
  record Failed(String why) implements Answer {}
}
