package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.Optional;

/**
 * What running a slice gave.
 *
 * @param outputs the slice's tensors for whoever comes after it
 * @param queueSeconds waited for the machine
 * @param computeSeconds the machine was busy with it, pacing included
 * @param exit tensor of the exit at which the frame left; empty if it left nowhere here
 */
public record SliceAnswer(
    List<TensorValue> outputs, double queueSeconds, double computeSeconds, Optional<String> exit) {
  public SliceAnswer {
    outputs = List.copyOf(outputs);
  }

  /** Of a slice without exits. */
  public SliceAnswer(List<TensorValue> outputs, double queueSeconds, double computeSeconds) {
    this(outputs, queueSeconds, computeSeconds, Optional.empty());
  }

  int bytes() {
    return outputs.stream().mapToInt(TensorValue::byteCount).sum();
  }
}
