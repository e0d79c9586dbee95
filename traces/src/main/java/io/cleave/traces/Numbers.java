package io.cleave.traces;

import java.util.List;
import java.util.OptionalDouble;

/** Numbers as recordings write them. */
final class Numbers {
  private Numbers() {}

  /** A finite number of at least 0 with a dot, or nothing. */
  static OptionalDouble parse(String cell) {
    // Java itself would also take 1f, 0x1p3, NaN and Infinity.
    if (cell.isEmpty() || !Character.isDigit(cell.charAt(cell.length() - 1))) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(cell);
      return value >= 0 && value < Double.POSITIVE_INFINITY
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
