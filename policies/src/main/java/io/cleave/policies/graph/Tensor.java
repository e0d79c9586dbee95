package io.cleave.policies.graph;

import io.cleave.policies.units.ByteCount;

/**
 * A value that one layer makes and others use.
 *
 * @param name its name in the model file
 * @param shape its sizes
 * @param type of its elements
 * @param producer index of the layer that makes it; 0 for the network's inputs
 */
public record Tensor(String name, TensorShape shape, ElementType type, int producer) {
  public ByteCount size() {
    return new ByteCount(Math.multiplyExact(shape.elements(), (long) type.bytes()));
  }
}
