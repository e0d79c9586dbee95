package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;

/**
 * What running a slice gave.
 *
 * @param outputs the slice's tensors for whoever comes after it
 * @param queueSeconds waited for the machine
 * @param computeSeconds the machine was busy with it, pacing included
 */
public record SliceAnswer(List<TensorValue> outputs, double queueSeconds, double computeSeconds) {
  public SliceAnswer {
    outputs = List.copyOf(outputs);
  }

  int bytes() {
    return outputs.stream().mapToInt(TensorValue::byteCount).sum();
  }
}
