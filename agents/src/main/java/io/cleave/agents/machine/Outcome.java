package io.cleave.agents.machine;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/** What became of some work. */
public sealed interface Outcome {
  /** How long it took, also if it came to nothing. */
  Times times();

  /**
   * It ran to its end.
   *
   * @param overrun true if it took longer than the emulated machine would have
   */
  record Finished(List<TensorValue> tensors, Times times, boolean overrun) implements Outcome {
    public Finished {
      tensors = List.copyOf(tensors);
    }
  }

  /** It was called off, before or while it ran. */
  record Cancelled(Times times) implements Outcome {}

  /** It waited longer than it may and was dropped. */
  record Expired(Times times) implements Outcome {}

  /** It could not be run. */
  record Failed(Throwable cause, Times times) implements Outcome {}

  /**
   * @param queueSeconds from being handed in to the beginning, or to the end if it never began
   * @param computeSeconds for which the machine was occupied by it, pacing included; 0 if it never
   *     began
   * @param engineSeconds of those, without pacing
   */
  record Times(double queueSeconds, double computeSeconds, double engineSeconds) {}
}
