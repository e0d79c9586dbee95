package io.cleave.policies.learning;

/** A number that the network is told. */
interface Feature {
  /** As docs/methods/learned.md has it. */
  String meaning();

  /** What is less counts as this. */
  double least();

  /** What is more counts as this. */
  double most();

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
    return (float) Math.max(least(), Math.min(most(), value));
  }
}
