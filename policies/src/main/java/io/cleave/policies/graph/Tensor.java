package io.cleave.policies.graph;

import io.cleave.policies.units.ByteCount;
import java.util.Map;

/**
 * A value that one layer makes and others use.
 *
 * @param name its name in the model file
 * @param shape its sizes
 * @param type of its elements
 * @param producer index of the layer that makes it; 0 for the network's inputs
 * @param measured by the name of a form in which it may travel, what that was measured to do; empty
 *     if nothing was
 */
public record Tensor(
    String name,
    TensorShape shape,
    ElementType type,
    int producer,
    Map<String, Measured> measured) {
  /**
   * What a form does to a tensor.
   *
   * @param factor share of its bytes that it takes there, above 0
   * @param lost share of the network's right answers that it costs, -1 to 1; below 0 if more are
   *     right
   */
  public record Measured(double factor, double lost) {
    public Measured {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY) || !(lost >= -1 && lost <= 1)) {
        throw new IllegalArgumentException(
            "A form takes a finite share above 0 of a tensor's bytes, and costs -1 to 1 of the answers, not %s and %s."
                .formatted(factor, lost));
      }
    }
  }

  public Tensor {
    measured = Map.copyOf(measured);
  }

  /** Of which nothing was measured. */
  public Tensor(String name, TensorShape shape, ElementType type, int producer) {
    this(name, shape, type, producer, Map.of());
  }

  public ByteCount size() {
    return new ByteCount(Math.multiplyExact(shape.elements(), (long) type.bytes()));
  }
}
