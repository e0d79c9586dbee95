package io.cleave.agents.source;

import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is in a frame.
 *
 * @param inputs of the network
 * @param label the class that they show, from 0; empty if nobody knows
 */
public record Content(List<TensorValue> inputs, OptionalInt label) {
  public Content {
    inputs = List.copyOf(inputs);
  }

  /** Of which nobody knows what it shows. */
  public static Content of(List<TensorValue> inputs) {
    return new Content(inputs, OptionalInt.empty());
  }
}
