package io.cleave.agents.dnn;

import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tensors of floats for tests. */
public final class Floats {
  private Floats() {}

  /** Uniform noise in -1..1 of the tensor's size, in a direct buffer. */
  public static TensorValue noise(Tensor tensor, long seed) {
    return noise(tensor.name(), tensor.shape().dims(), seed);
  }

  /** The same of any name and shape. */
  public static TensorValue noise(String name, List<Long> shape, long seed) {
    int elements = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
    ByteBuffer data =
        ByteBuffer.allocateDirect(Float.BYTES * elements).order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < elements; i++) {
      data.putFloat(4 * i, (float) (2 * random.nextDouble() - 1));
    }
    return new TensorValue(name, ElementKind.FLOAT32, shape, data);
  }

  /** One sample of a batch, as a batch of 1. */
  public static TensorValue sample(TensorValue batch, int place) {
    List<Long> shape = new ArrayList<>(batch.shape());
    int bytes = Math.toIntExact(batch.data().remaining() / shape.get(0));
    shape.set(0, 1L);
    return new TensorValue(
        batch.name(), batch.kind(), shape, batch.data().slice(place * bytes, bytes));
  }

  /** Largest difference over largest expected value. */
  public static double relativeDifference(TensorValue expected, TensorValue actual) {
    double largest = 0;
    FloatBuffer floats = expected.data().asFloatBuffer();
    for (int i = 0; i < floats.limit(); i++) {
      largest = Math.max(largest, Math.abs(floats.get(i)));
    }
    return difference(expected, actual) / largest;
  }

  static double difference(TensorValue expected, TensorValue actual) {
    if (!expected.shape().equals(actual.shape())) {
      throw new AssertionError(
          "The shapes differ: %s and %s.".formatted(expected.shape(), actual.shape()));
    }
    FloatBuffer floats = expected.data().asFloatBuffer();
    FloatBuffer others = actual.data().asFloatBuffer();
    double difference = 0;
    for (int i = 0; i < floats.limit(); i++) {
      double apart = Math.abs(floats.get(i) - others.get(i));
      difference = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(difference, apart);
    }
    return difference;
  }
}
