package io.cleave.agents.link;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;

/** What happens to an {@link Errand}; told on the loop. */
public sealed interface ErrandEvent {
  /**
   * Some tensors of its upload go raw, since the plan's codec cannot say their values; counted by
   * {@link Links}, which pass it on to nobody.
   *
   * @param tensors how many
   */
  record SentRaw(int tensors) implements ErrandEvent {}

  /** All of its upload has crossed. */
  record Crossed() implements ErrandEvent {}

  /**
   * It is done.
   *
   * @param tensors that the stage made
   * @param exit tensor of the exit at which the frame left; empty if it left nowhere there
   * @param there how long the server had it
   * @param rttSeconds of the link
   * @param traffic that it made
   */
  record Answered(
      List<TensorValue> tensors,
      Optional<String> exit,
      There there,
      double rttSeconds,
      Traffic traffic)
      implements ErrandEvent {
    public Answered {
      tensors = List.copyOf(tensors);
    }
  }

  /**
   * It came to nothing; the frame goes on without it.
   *
   * @param why one line
   * @param traffic that it made
   */
  record Failed(String why, Traffic traffic) implements ErrandEvent {}

  /**
   * Where an errand's time at a server went.
   *
   * @param queueSeconds waiting for the machine
   * @param computeSeconds running
   * @param codecSeconds decoding and encoding, at both ends
   */
  record There(double queueSeconds, double computeSeconds, double codecSeconds) {}
}
