package io.cleave.policies.graph;

import io.cleave.policies.units.ByteCount;
import java.util.Map;
import java.util.Optional;

/**
 * A value that one layer makes and others use.
 *
 * @param name its name in the model file
 * @param shape its sizes
 * @param type of its elements
 * @param producer index of the layer that makes it; 0 for the network's inputs
 * @param wireFactors by the name of a form in which it may travel, what share of its bytes it was
 *     measured to take there, above 0; empty if nothing was measured
 * @param eightBits what it takes to make it so; empty if the model does not say how
 */
public record Tensor(
    String name,
    TensorShape shape,
    ElementType type,
    int producer,
    Map<String, Double> wireFactors,
    Optional<EightBits> eightBits) {
  public Tensor {
    wireFactors = Map.copyOf(wireFactors);
    for (double factor : wireFactors.values()) {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Tensor %s must take a finite share above 0 of its bytes, not %s."
                .formatted(name, factor));
      }
    }
  }

  /** Of which nothing was measured. */
  public Tensor(String name, TensorShape shape, ElementType type, int producer) {
    this(name, shape, type, producer, Map.of(), Optional.empty());
  }

  /** The same in a network where another layer makes it. */
  public Tensor madeBy(int layer) {
    return new Tensor(name, shape, type, layer, wireFactors, eightBits);
  }

  /** The same with what was measured of its forms. */
  public Tensor with(Map<String, Double> factors) {
    return new Tensor(name, shape, type, producer, factors, eightBits);
  }

  /** The same with what it takes to make it in eight bits. */
  public Tensor with(EightBits measured) {
    return new Tensor(name, shape, type, producer, wireFactors, Optional.of(measured));
  }

  public ByteCount size() {
    return new ByteCount(Math.multiplyExact(shape.elements(), (long) type.bytes()));
  }
}
