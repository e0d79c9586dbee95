package io.cleave.transport.frames;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Frames of seeded values: floats in [0, 1), whole numbers 0 or 1. */
public final class SeededFrames implements LongFunction<List<TensorValue>> {
  private final List<Tensor> inputs;
  private final long seed;

  public SeededFrames(DnnGraph graph, long seed) {
    this.inputs = graph.layer(0).outputs().stream().map(graph::tensor).toList();
    this.seed = seed;
  }

  @Override
  public List<TensorValue> apply(long frame) {
    SplittableRandom random = new SplittableRandom(seed + frame);
    List<TensorValue> values = new ArrayList<>();
    for (Tensor input : inputs) {
      values.add(value(input, random));
    }
    return values;
  }

  private static TensorValue value(Tensor input, SplittableRandom random) {
    ElementKind kind = ElementKind.valueOf(input.type().name());
    int elements = Math.toIntExact(input.shape().elements());
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(elements, kind.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      switch (kind) {
        case FLOAT32 -> data.putFloat((float) random.nextDouble());
        case INT64 -> data.putLong(random.nextInt(2));
        case INT32 -> data.putInt(random.nextInt(2));
        case BOOL, UINT8 -> data.put((byte) random.nextInt(2));
      }
    }
    return new TensorValue(input.name(), kind, input.shape().dims(), data.flip());
  }
}
