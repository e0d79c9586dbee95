package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tensors of floats as networks make them, and as they should not. */
final class OddTensors {
  private enum Kind {
    ACTIVATIONS,
    BOTH_SIGNS,
    CONSTANT,
    ZEROS,
    HUGE,
    WIDEST,
    SUBNORMAL,
    FAR_FROM_ZERO,
    OUTLIER,
    ANY_BITS,
    NOT_A_NUMBER,
    INFINITE
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  private OddTensors() {}

  static TensorValue any(SplittableRandom random) {
    List<Long> shape = shape(random);
    int count = (int) (TensorValue.byteCount(ElementKind.FLOAT32, shape) / Float.BYTES);
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    float[] values = new float[count];
    float constant = Float.intBitsToFloat(random.nextInt(0x7f80_0000) | (random.nextInt() << 31));
    for (int i = 0; i < count; i++) {
      values[i] = kind == Kind.CONSTANT ? constant : value(kind, random);
    }
    if (count > 0) {
      spoil(kind, values, random);
    }
    ByteBuffer data =
        random.nextBoolean()
            ? ByteBuffer.allocate(Float.BYTES * count)
            : ByteBuffer.allocateDirect(Float.BYTES * count);
    data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new TensorValue("x", ElementKind.FLOAT32, shape, data);
  }

  /**
   * Scalars, empty ones, odd counts, pictures, many channels, batches; a few that fill several
   * blocks.
   */
  private static List<Long> shape(SplittableRandom random) {
    return switch (random.nextInt(40)) {
      case 0 -> List.of(1L, random.nextLong(1, 5), random.nextLong(60, 90), 97L);
      case 1 -> List.of(1L, random.nextLong(100, 600), 4L, 5L);
      case 2 -> List.of(0L, 3L, 5L);
      case 9, 10, 11, 12 ->
          List.of(
              1L, random.nextBoolean() ? 1L : 3L, random.nextLong(8, 40), random.nextLong(8, 40));
      case 3, 4, 5, 6, 7, 8 -> List.of(2L, random.nextLong(1, 9), random.nextLong(2, 9), 7L);
      default -> {
        List<Long> shape = new ArrayList<>();
        for (int axis = random.nextInt(5); axis > 0; axis--) {
          shape.add(random.nextLong(random.nextInt(8) == 0 ? 0 : 1, 8));
        }
        yield shape;
      }
    };
  }

  private static float value(Kind kind, SplittableRandom random) {
    double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    return switch (kind) {
      case ACTIVATIONS, OUTLIER -> (float) Math.max(0, normal);
      case ZEROS -> random.nextBoolean() ? 0f : -0f;
      case HUGE -> (float) (normal * 1e38);
      case WIDEST -> random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
      case SUBNORMAL -> (float) (normal * Float.MIN_NORMAL);
      case FAR_FROM_ZERO -> (float) (1e4 + normal);
      case ANY_BITS -> Float.intBitsToFloat(random.nextInt());
      default -> (float) normal;
    };
  }

  private static void spoil(Kind kind, float[] values, SplittableRandom random) {
    int place = random.nextInt(values.length);
    switch (kind) {
      case OUTLIER -> values[place] = 1e3f;
      case NOT_A_NUMBER -> values[place] = Float.NaN;
      case INFINITE ->
          values[place] = random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      default -> {}
    }
  }
}
