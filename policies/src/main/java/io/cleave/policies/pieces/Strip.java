package io.cleave.policies.pieces;

import io.cleave.policies.graph.Span;

/**
 * Neighbouring places of a tensor along one axis.
 *
 * @param axis along which it is cut, at least 1: {@link #CHANNELS}, {@link #ROWS} or {@link
 *     #COLUMNS} of an image, the last for the neurons of a fully connected layer
 * @param span of that axis
 */
public record Strip(int axis, Span span) {
  /** The axis of an image's channels, behind the batch. */
  public static final int CHANNELS = 1;

  /** The axis of an image's rows, behind batch and channels. */
  public static final int ROWS = 2;

  /** The axis of an image's columns. */
  public static final int COLUMNS = 3;

  public Strip {
    if (axis < 1) {
      throw new IllegalArgumentException(
          "A piece is cut along axis 1 or a later one, not %d. Axis 0 is the batch."
              .formatted(axis));
    }
  }

  Strip within(Span other) {
    return new Strip(axis, span.within(other));
  }

  /** As people write it: {@code 2:0-7}. */
  @Override
  public String toString() {
    return axis + ":" + span;
  }
}
