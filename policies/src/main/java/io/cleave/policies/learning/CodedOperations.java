package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The same operators, where one tensor crosses to another machine in a form that loses something.
 */
final class CodedOperations extends TorchOperations {
  private final String crossing;
  private final CodedCuts.Form form;

  /**
   * @param crossing name of the tensor
   */
  CodedOperations(
      Map<String, NDArray> dense,
      Map<String, NormalisedKernel> convolutions,
      boolean training,
      String crossing,
      CodedCuts.Form form) {
    super(dense, convolutions, FilterGates.none(), training, false);
    this.crossing = crossing;
    this.form = form;
  }

  /** With the slope of 1: what the form changes is added, and does not depend on any weight. */
  @Override
  protected NDArray made(String tensor, NDArray value) {
    return tensor.equals(crossing) ? value.add(change(value)) : value;
  }

  private NDArray change(NDArray value) {
    long[] dims = value.getShape().getShape();
    List<Long> shape = LongStream.of(dims).skip(1).boxed().toList();
    float[] values = value.toFloatArray();
    int each = Math.toIntExact(values.length / dims[0]);
    for (int from = 0; from < values.length; from += each) {
      float[] received = form.received(Arrays.copyOfRange(values, from, from + each), shape);
      for (int i = 0; i < each; i++) {
        values[from + i] = received[i] - values[from + i];
      }
    }
    return value.getManager().create(values, value.getShape());
  }
}
