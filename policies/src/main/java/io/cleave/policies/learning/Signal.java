package io.cleave.policies.learning;

import java.util.Arrays;

/** Numbers that cross from one half of a network to the other: activations, or their slopes. */
public final class Signal {
  private final long[] shape;
  private final float[] content;

  /**
   * Takes the arrays as they are; they must not be written to afterwards.
   *
   * @param content row-major
   * @throws IllegalArgumentException if there are not as many numbers as the shape has places
   */
  public Signal(long[] shape, float[] content) {
    long places = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (places != content.length) {
      throw new IllegalArgumentException(
          "A tensor of %s takes %d numbers, not %d."
              .formatted(Arrays.toString(shape), places, content.length));
    }
    this.shape = shape;
    this.content = content;
  }

  /** Not a copy. */
  public long[] shape() {
    return shape;
  }

  /** Not a copy. */
  public float[] content() {
    return content;
  }
}
