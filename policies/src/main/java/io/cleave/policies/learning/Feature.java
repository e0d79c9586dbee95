package io.cleave.policies.learning;

/** A number that the network is told. */
interface Feature {
  /**
   * What it means, and what it can be.
   *
   * @param meaning as docs/methods/learned.md has it
   * @param least what is less counts as this
   * @param most what is more counts as this
   */
  record Range(String meaning, double least, double most) {}

  Range range();

  /** Its name in a weights' file. */
  String name();

  /**
   * A value within the range.
   *
   * @throws IllegalArgumentException if it is no number
   */
  default float clipped(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "The feature %s is no number. An observation that says so is a fault.".formatted(name()));
    }
    return (float) Math.max(range().least(), Math.min(range().most(), value));
  }
}
