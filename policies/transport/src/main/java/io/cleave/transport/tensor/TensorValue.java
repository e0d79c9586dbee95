package io.cleave.transport.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor with its content.
 *
 * @param name as the model file has it
 * @param kind of its elements
 * @param shape sizes of its axes, each at least 1; a scalar has none
 * @param data all elements, row-major and little-endian as in memory, in a direct or heap buffer; a
 *     read-only view, so whoever made it must not change the content any more
 */
public record TensorValue(String name, ElementKind kind, List<Long> shape, ByteBuffer data) {
  /**
   * @throws IllegalArgumentException if the content is not as long as the shape says
   */
  public TensorValue {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long bytes = kind.bytes();
    for (long dim : shape) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "Every axis of '%s' must be at least 1 long, not %s.".formatted(name, shape));
      }
      bytes = Math.multiplyExact(bytes, dim);
    }
    if (data.remaining() != bytes) {
      throw new IllegalArgumentException(
          "'%s' of shape %s and %s takes %d bytes, not %d."
              .formatted(name, shape, kind, bytes, data.remaining()));
    }
  }

  /** The content with a position of its own, little-endian. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
