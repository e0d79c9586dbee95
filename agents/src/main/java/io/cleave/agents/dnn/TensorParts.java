package io.cleave.agents.dnn;

import io.cleave.policies.graph.Span;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts tensors along an axis and joins them. */
public final class TensorParts {
  private TensorParts() {}

  /**
   * Some places of an axis, in memory of their own; the tensor itself if they are all.
   *
   * @throws IllegalArgumentException if the axis is shorter
   */
  public static TensorValue cut(TensorValue whole, int axis, Span span) {
    long length = whole.shape().get(axis);
    if (span.to() > length) {
      throw new IllegalArgumentException(
          "Tensor '%s' has places 0 to %d along axis %d, not %s."
              .formatted(whole.name(), length - 1, axis, span));
    }
    if (span.equals(Span.whole(length))) {
      return whole;
    }
    long blocks = product(whole.shape().subList(0, axis));
    int place = Math.toIntExact(whole.byteCount() / (blocks * length));
    int taken = Math.toIntExact(span.length() * place);
    ByteBuffer part = ByteBuffer.allocate(Math.toIntExact(blocks * taken));
    ByteBuffer source = whole.data();
    for (long block = 0; block < blocks; block++) {
      int from = Math.toIntExact((block * length + span.from()) * place);
      part.put(source.slice(from, taken));
    }
    return new TensorValue(
        whole.name(), whole.kind(), resized(whole, axis, span.length()), part.flip());
  }

  /**
   * Parts one behind the other.
   *
   * @throws IllegalArgumentException if they differ in anything but their lengths along the axis
   */
  public static TensorValue joined(List<TensorValue> parts, int axis) {
    TensorValue first = parts.get(0);
    long length = 0;
    int bytes = 0;
    for (TensorValue part : parts) {
      boolean fits =
          part.kind() == first.kind()
              && part.name().equals(first.name())
              && part.shape().size() == first.shape().size()
              && resized(part, axis, 1).equals(resized(first, axis, 1));
      if (!fits) {
        throw new IllegalArgumentException(
            "'%s' of %s %s and '%s' of %s %s are no parts of one tensor along axis %d."
                .formatted(
                    first.name(),
                    first.kind(),
                    first.shape(),
                    part.name(),
                    part.kind(),
                    part.shape(),
                    axis));
      }
      length += part.shape().get(axis);
      bytes += part.byteCount();
    }
    int blocks = Math.toIntExact(product(first.shape().subList(0, axis)));
    ByteBuffer whole = ByteBuffer.allocate(bytes);
    for (int block = 0; block < blocks; block++) {
      for (TensorValue part : parts) {
        int size = part.byteCount() / blocks;
        whole.put(part.data().slice(block * size, size));
      }
    }
    return new TensorValue(first.name(), first.kind(), resized(first, axis, length), whole.flip());
  }

  private static List<Long> resized(TensorValue tensor, int axis, long length) {
    List<Long> shape = new ArrayList<>(tensor.shape());
    shape.set(axis, length);
    return shape;
  }

  private static long product(List<Long> dims) {
    return dims.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
