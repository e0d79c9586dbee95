package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The values of one tensor, as they lie in memory: row-major, little-endian.
 *
 * <p>The bytes are a view, not a copy: whoever made the buffer must not write to it as long as the
 * value is in use. The value itself never writes to it, and nobody can through {@link #data}.
 * Equality compares contents.
 *
 * @param name of the tensor in the model file
 * @param kind of its elements
 * @param shape length of each axis, 0 allowed; empty for a scalar
 * @param data exactly the elements' bytes; direct or on the heap
 */
public record TensorValue(String name, ElementKind kind, List<Long> shape, ByteBuffer data) {
  public TensorValue {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long expected = byteCount(kind, shape);
    if (data.remaining() != expected) {
      throw new IllegalArgumentException(
          "Tensor '%s' of %s %s takes %d bytes, not %d. Maybe the buffer was not flipped."
              .formatted(name, shape, kind, expected, data.remaining()));
    }
  }

  /** The bytes from first to last: a read-only, little-endian view of the caller's own position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How many elements it has; 1 for a scalar. */
  public long elements() {
    return data.remaining() / kind.bytes();
  }

  /** How many bytes it takes in memory. */
  public int byteCount() {
    return data.remaining();
  }

  /**
   * Bytes that a tensor takes in memory. A tensor with an axis of 0 takes none, yet its other axes
   * must make sense: engines multiply them too.
   *
   * @throws IllegalArgumentException if an axis is negative or the product does not fit in a long
   */
  static long byteCount(ElementKind kind, List<Long> shape) {
    long bytes = kind.bytes();
    for (long dim : shape) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "Every axis must be at least 0 long, not %s.".formatted(shape));
      }
      long factor = Math.max(1, dim);
      if (bytes > Long.MAX_VALUE / factor) {
        throw new IllegalArgumentException("No memory holds a tensor of %s.".formatted(shape));
      }
      bytes *= factor;
    }
    return shape.contains(0L) ? 0 : bytes;
  }
}
