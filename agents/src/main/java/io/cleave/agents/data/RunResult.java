package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a {@link RunOrder}.
 *
 * @param outputs of the slice
 * @param exit tensor of the exit at which the frame left, as the server says; empty if it left
 *     nowhere there
 * @param timing where the time went
 */
public record RunResult(List<TensorValue> outputs, Optional<String> exit, CallTiming timing) {
  public RunResult {
    outputs = List.copyOf(outputs);
  }
}
