package io.cleave.agents.machine;

import io.cleave.agents.dnn.Gate;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;

/** What became of some work. */
public sealed interface Outcome {
  /** How long it took, also if it came to nothing. */
  Times times();

  /** Why it came to nothing, in a line. */
  default String why() {
    return this instanceof Failed failed
        ? String.valueOf(failed.cause().getMessage())
        : "its work was called off";
  }

  /**
   * It ran to its end, or to the exit at which its frame left.
   *
   * @param tensors that others need; of a frame that left the exit's answer alone
   * @param stepSeconds for which the machine was occupied by each step that ran
   * @param overrun true if it took longer than the emulated machine would have
   * @param left the exit; empty if the frame left nowhere
   */
  record Finished(
      List<TensorValue> tensors,
      Times times,
      List<Double> stepSeconds,
      boolean overrun,
      Optional<Gate> left)
      implements Outcome {
    public Finished {
      tensors = List.copyOf(tensors);
      stepSeconds = List.copyOf(stepSeconds);
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
