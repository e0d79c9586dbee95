package io.cleave.controller.api;

import java.time.Instant;
import java.util.OptionalDouble;

/** Numbers as JSON can carry them. */
final class Numbers {
  private Numbers() {}

  /** Absent if it is infinite or no number. */
  static OptionalDouble finite(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  static double unixSeconds(Instant time) {
    return time.getEpochSecond() + time.getNano() * 1e-9;
  }
}
