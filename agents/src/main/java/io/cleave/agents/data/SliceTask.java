package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A slice to run for a device.
 *
 * @param key which work it is
 * @param slice to run
 * @param inputs what the slice needs, as it came: names and shapes are not yet compared with it
 * @param packing in which the caller wants tensors back, and others get theirs
 * @param timeLeft until the frame's deadline, when the task is handed over; empty without one
 */
public record SliceTask(
    FrameKey key,
    SliceReference slice,
    List<TensorValue> inputs,
    Packing packing,
    Optional<Duration> timeLeft) {
  public SliceTask {
    inputs = List.copyOf(inputs);
  }
}
