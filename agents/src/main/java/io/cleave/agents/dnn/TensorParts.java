package io.cleave.agents.dnn;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts pieces out of tensors and joins them. */
public final class TensorParts {
  private TensorParts() {}

  /** Zeros, of 32-bit floats. */
  public static TensorValue zeros(String name, List<Long> shape) {
    int bytes = Math.toIntExact(Float.BYTES * product(shape));
    return new TensorValue(name, ElementKind.FLOAT32, shape, ByteBuffer.allocate(bytes));
  }

  /**
   * A piece of a tensor, in memory of its own; the tensor itself if it is all of it.
   *
   * @throws IllegalArgumentException if an axis is shorter
   */
  public static TensorValue cut(TensorValue whole, Piece piece) {
    List<Span> box = box(piece, whole);
    List<Long> shape = box.stream().map(Span::length).toList();
    if (shape.equals(whole.shape())) {
      return whole;
    }
    Stretches stretches = new Stretches(whole, box);
    ByteBuffer part = ByteBuffer.allocate(stretches.bytes());
    ByteBuffer source = whole.data();
    stretches.forEach((inWhole, inPart, size) -> part.put(inPart, source, inWhole, size));
    return new TensorValue(whole.name(), whole.kind(), shape, part);
  }

  /**
   * The tensor that pieces are together.
   *
   * @param pieces all of it, each place once, or all its summands, which are added in this order
   * @throws IllegalArgumentException if they are not of one kind and name, or a tensor does not
   *     have the size of its piece
   */
  public static TensorValue joined(Map<Piece, TensorValue> pieces) {
    return pieces.keySet().stream().anyMatch(Piece::summed)
        ? added(List.copyOf(pieces.values()))
        : sideBySide(pieces);
  }

  private static TensorValue added(List<TensorValue> summands) {
    TensorValue first = summands.get(0);
    for (TensorValue summand : summands) {
      boolean fits =
          summand.kind() == ElementKind.FLOAT32
              && summand.name().equals(first.name())
              && summand.shape().equals(first.shape());
      if (!fits) {
        throw new IllegalArgumentException(
            "'%s' of %s %s cannot be added to '%s' of %s %s: summands are 32-bit floats of one name and shape."
                .formatted(
                    summand.name(),
                    summand.kind(),
                    summand.shape(),
                    first.name(),
                    first.kind(),
                    first.shape()));
      }
    }
    float[] sum = new float[Math.toIntExact(product(first.shape()))];
    for (TensorValue summand : summands) {
      FloatBuffer values = summand.data().asFloatBuffer();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values.get(i);
      }
    }
    ByteBuffer data = ByteBuffer.allocate(sum.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(sum);
    return new TensorValue(first.name(), first.kind(), first.shape(), data);
  }

  private static TensorValue sideBySide(Map<Piece, TensorValue> pieces) {
    TensorValue first = pieces.values().iterator().next();
    List<Long> dims = new ArrayList<>(first.shape());
    pieces.forEach(
        (piece, tensor) -> {
          for (Strip strip : piece.strips()) {
            dims.set(strip.axis(), Math.max(dims.get(strip.axis()), strip.span().to()));
          }
        });
    int width = first.kind().bytes();
    ByteBuffer data =
        ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(product(dims), width)));
    TensorValue whole = new TensorValue(first.name(), first.kind(), dims, data);
    pieces.forEach(
        (piece, part) -> {
          List<Span> box = box(piece, whole);
          boolean fits =
              part.kind() == first.kind()
                  && part.name().equals(first.name())
                  && part.shape().equals(box.stream().map(Span::length).toList());
          if (!fits) {
            throw new IllegalArgumentException(
                "'%s' of %s %s is not piece %s of '%s' of %s %s."
                    .formatted(
                        part.name(),
                        part.kind(),
                        part.shape(),
                        piece,
                        whole.name(),
                        whole.kind(),
                        whole.shape()));
          }
          ByteBuffer source = part.data();
          new Stretches(whole, box)
              .forEach((inWhole, inPart, size) -> data.put(inWhole, source, inPart, size));
        });
    return whole;
  }

  /** The places of each axis, whole ones included. */
  private static List<Span> box(Piece piece, TensorValue whole) {
    List<Span> box = new ArrayList<>();
    for (int axis = 0; axis < whole.shape().size(); axis++) {
      long length = whole.shape().get(axis);
      Span span = piece.along(axis).orElse(Span.whole(length));
      if (span.to() > length) {
        throw new IllegalArgumentException(
            "Tensor '%s' has places 0 to %d along axis %d, not %s."
                .formatted(whole.name(), length - 1, axis, span));
      }
      box.add(span);
    }
    return box;
  }

  private static long product(List<Long> dims) {
    return dims.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Where bytes that lie together in both the whole and the piece begin, and how many. */
  private interface Copy {
    void bytes(int inWhole, int inPart, int size);
  }

  /** A box of a tensor as stretches of memory: as long as the axes behind are whole. */
  private static final class Stretches {
    private final long[] dims;
    private final List<Span> box;
    private final int inner; // the last axis that is cut
    private final int size; // bytes of a stretch
    private final int place; // bytes of a place of the inner axis

    Stretches(TensorValue whole, List<Span> box) {
      this.dims = whole.shape().stream().mapToLong(Long::longValue).toArray();
      this.box = box;
      int last = box.size() - 1;
      long bytes = whole.kind().bytes();
      while (last > 0 && box.get(last).length() == dims[last]) {
        bytes *= dims[last--];
      }
      this.inner = last;
      this.place = Math.toIntExact(bytes);
      this.size = Math.toIntExact(bytes * box.get(last).length());
    }

    int bytes() {
      long stretches = 1;
      for (int axis = 0; axis < inner; axis++) {
        stretches *= box.get(axis).length();
      }
      return Math.toIntExact(stretches * size);
    }

    void forEach(Copy copy) {
      visit(copy, 0, 0, 0);
    }

    /** Places of the axes before, counted in the whole and in the piece. */
    private void visit(Copy copy, int axis, long inWhole, long inPart) {
      Span span = box.get(axis);
      if (axis == inner) {
        long from = (inWhole * dims[axis] + span.from()) * place;
        copy.bytes(Math.toIntExact(from), Math.toIntExact(inPart * size), size);
        return;
      }
      for (long i = 0; i < span.length(); i++) {
        visit(copy, axis + 1, inWhole * dims[axis] + span.from() + i, inPart * span.length() + i);
      }
    }
  }
}
