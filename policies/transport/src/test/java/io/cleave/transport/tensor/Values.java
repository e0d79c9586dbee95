package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tensors for tests. */
final class Values {
  private static final List<ElementKind> KINDS = List.of(ElementKind.values());

  private Values() {}

  static TensorValue floats(String name, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new TensorValue(name, ElementKind.FLOAT32, List.of((long) values.length), data);
  }

  /** A tensor of any kind and shape, empty ones and scalars too, half of its values 0. */
  static TensorValue any(Random random) {
    ElementKind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<Long> shape = new ArrayList<>();
    for (int axis = random.nextInt(5); axis > 0; axis--) {
      shape.add((long) random.nextInt(14));
    }
    return any(random, kind, shape);
  }

  static TensorValue any(Random random, ElementKind kind, List<Long> shape) {
    int bytes = (int) TensorValue.byteCount(kind, shape);
    ByteBuffer data =
        random.nextBoolean() ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    data.order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      boolean zero = random.nextBoolean();
      switch (kind) {
        case FLOAT32 -> data.putFloat(zero ? 0 : (float) random.nextGaussian());
        case INT64 -> data.putLong(zero ? 0 : random.nextLong());
        case INT32 -> data.putInt(zero ? 0 : random.nextInt());
        case UINT8 -> data.put(zero ? 0 : (byte) random.nextInt());
        case BOOL -> data.put(zero ? (byte) 0 : 1);
      }
    }
    return new TensorValue("t" + random.nextInt(100), kind, shape, data.flip());
  }
}
