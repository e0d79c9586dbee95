package io.cleave.agents.data;

import io.cleave.transport.tensor.EncodedTensor;
import java.util.List;

/**
 * A call's tensors in the form in which they go: how large they became may depend on their values.
 *
 * @param bits of all of them
 * @param raw how many go raw, since the form asked for cannot say their values
 */
public record Parcel(double bits, int raw) {
  static Parcel of(List<EncodedTensor> tensors) {
    return new Parcel(
        8.0 * tensors.stream().mapToLong(tensor -> tensor.head().getWireBytes()).sum(),
        (int) tensors.stream().filter(EncodedTensor::refused).count());
  }
}
