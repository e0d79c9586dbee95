package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A slice to be run at a server.
 *
 * @param key which work it is
 * @param slice to run
 * @param inputs what the slice needs
 * @param packing how tensors travel
 * @param timeLeft until the deadline, counted from the call; empty without one
 */
public record RunOrder(
    FrameKey key,
    SliceReference slice,
    List<TensorValue> inputs,
    Packing packing,
    Optional<Duration> timeLeft) {
  public RunOrder {
    inputs = List.copyOf(inputs);
  }
}
