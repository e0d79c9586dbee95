package io.cleave.policies.onnx;

import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.TensorShape;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one tensor of a model while its shapes are worked out.
 *
 * @param live whether it depends on the data of a graph input
 * @param type of its elements; empty if it is a string or a sequence
 * @param dims sizes of its axes, 0 allowed; empty if unknown, which only constants may be
 * @param content its elements in row-major order, for small constants such as shapes; integers as
 *     doubles, exact below 2^53
 */
record Value(
    boolean live,
    Optional<ElementType> type,
    Optional<List<Long>> dims,
    Optional<List<Double>> content) {
  /** Larger constants are weights: their content never decides a shape. */
  static final int MOST_CONTENT = 4096;

  /** A constant of which nothing is known. */
  static final Value OPAQUE =
      new Value(false, Optional.empty(), Optional.empty(), Optional.empty());

  /** A live output beyond those that an operator's rule knows. */
  static final Value UNKNOWN_LIVE =
      new Value(true, Optional.empty(), Optional.empty(), Optional.empty());

  static Value live(ElementType type, List<Long> dims) {
    return new Value(true, Optional.of(type), Optional.of(List.copyOf(dims)), Optional.empty());
  }

  /** A constant with known sizes and unknown content. */
  static Value weight(ElementType type, List<Long> dims) {
    return new Value(false, Optional.of(type), Optional.of(List.copyOf(dims)), Optional.empty());
  }

  static Value constant(ElementType type, List<Long> dims, List<Double> content) {
    if (content.size() > MOST_CONTENT) {
      return weight(type, dims);
    }
    return new Value(
        false,
        Optional.of(type),
        Optional.of(List.copyOf(dims)),
        Optional.of(List.copyOf(content)));
  }

  /** A constant one-dimensional list of integers, such as a shape. */
  static Value integers(List<Long> content) {
    return constant(
        ElementType.INT64,
        List.of((long) content.size()),
        content.stream().map(Long::doubleValue).toList());
  }

  Value asLive() {
    return new Value(true, type, dims, Optional.empty());
  }

  TensorShape shape() {
    return new TensorShape(dims.orElseThrow());
  }

  /** Number of elements; 0 if the sizes are unknown. */
  long elements() {
    return dims.map(
            sizes -> sizes.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact))
        .orElse(0L);
  }

  /** Whether an axis has no length: such a tensor carries nothing. */
  boolean shapeIsEmpty() {
    return dims.stream().flatMap(List::stream).anyMatch(dim -> dim < 1);
  }

  long bytes() {
    return type.isEmpty() ? 0 : elements() * type.get().bytes();
  }

  /** Whether its elements are floating-point numbers, as weights are. */
  boolean real() {
    return type.isPresent()
        && (type.get() == ElementType.FLOAT32
            || type.get() == ElementType.FLOAT16
            || type.get() == ElementType.BFLOAT16
            || type.get() == ElementType.FLOAT64);
  }
}
