package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/**
 * The answer to a {@link RunOrder}.
 *
 * @param outputs of the slice
 * @param timing where the time went
 */
public record RunResult(List<TensorValue> outputs, CallTiming timing) {
  public RunResult {
    outputs = List.copyOf(outputs);
  }
}
