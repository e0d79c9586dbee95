package io.cleave.policies.pieces;

import io.cleave.policies.graph.Span;

/**
 * A piece of the one tensor that a run of layers makes.
 *
 * @param axis along which it is cut, at least 1: 2 for the rows of an image, 3 for its columns, the
 *     last for the neurons of a fully connected layer
 * @param span of that axis
 */
public record Strip(int axis, Span span) {
  public Strip {
    if (axis < 1) {
      throw new IllegalArgumentException(
          "A piece is cut along axis 1 or a later one, not %d. Axis 0 is the batch."
              .formatted(axis));
    }
  }
}
