package io.cleave.policies.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor's axes, all known. A scalar has no axes and one element.
 *
 * @param dims each at least 1; images are N x C x H x W
 */
public record TensorShape(List<Long> dims) {
  private static final int PICTURE_AXES = 4;
  private static final int COLOURS = 3;
  private static final long SHORTEST_SIDE = 8;
  private static final long LONGEST_SIDE = 16_384;

  public TensorShape {
    dims = List.copyOf(dims);
    for (long dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "Every axis must be at least 1 long, not %s.".formatted(dims));
      }
    }
  }

  public static TensorShape of(long... dims) {
    return new TensorShape(Arrays.stream(dims).boxed().toList());
  }

  /**
   * Reads {@code 1x3x224x224}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static TensorShape parse(String text) {
    if (!text.matches("[0-9]{1,9}(x[0-9]{1,9})*")) {
      throw new IllegalArgumentException(
          "A shape is written like 1x3x224x224, not '%s'.".formatted(text));
    }
    return new TensorShape(Arrays.stream(text.split("x", -1)).map(Long::valueOf).toList());
  }

  /**
   * Whether axes are those of one picture: 1 x 1 x H x W if it is grey, 1 x 3 x H x W in colours,
   * with sides of 8 to 16,384. Whether the values are those of a picture they do not say.
   */
  public static boolean picture(List<Long> dims) {
    return dims.size() == PICTURE_AXES
        && dims.get(0) == 1
        && (dims.get(1) == 1 || dims.get(1) == COLOURS)
        && dims.subList(2, PICTURE_AXES).stream()
            .allMatch(side -> side >= SHORTEST_SIDE && side <= LONGEST_SIDE);
  }

  public int rank() {
    return dims.size();
  }

  public long dim(int axis) {
    return dims.get(axis);
  }

  public long elements() {
    long product = 1;
    for (long dim : dims) {
      product = Math.multiplyExact(product, dim);
    }
    return product;
  }

  /** As people write it: {@code 1x3x224x224}, or {@code scalar}. */
  @Override
  public String toString() {
    return dims.isEmpty()
        ? "scalar"
        : dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
