package io.cleave.policies.exits;

import java.util.List;
import java.util.Locale;

/**
 * How sure a network must be to leave at each of its exits but the last, at which every frame
 * leaves.
 *
 * @param signal what the thresholds are compared with, and so which way is stricter
 * @param classes that the network tells apart, at least 2
 * @param exits of the network, the last included, at least 1
 * @param values one for each exit but the last, each in the signal's range
 */
public record ExitThresholds(ExitSignal signal, int classes, int exits, List<Double> values) {
  public ExitThresholds {
    values = List.copyOf(values);
    if (classes < 2) {
      throw new IllegalArgumentException(
          "A network with exits must tell at least 2 classes apart, not %d.".formatted(classes));
    }
    if (exits < 1) {
      throw new IllegalArgumentException(
          "A network has at least 1 exit, its last layer, not %d.".formatted(exits));
    }
    if (values.size() != exits - 1) {
      throw new IllegalArgumentException(
          "A network with %d exits takes %d thresholds, one for each exit but the last, not %d (%s). Maybe one was given for the last exit, at which every frame leaves."
              .formatted(exits, exits - 1, values.size(), values));
    }
    for (double value : values) {
      check(signal, classes, value);
    }
  }

  /**
   * True if a frame leaves here.
   *
   * @param exit from 0
   * @param value of the signal for this frame's answer
   */
  public boolean leavesAt(int exit, double value) {
    if (exit < 0 || exit >= exits) {
      throw new IllegalArgumentException(
          "An exit must be in 0..%d, not %d.".formatted(exits - 1, exit));
    }
    return exit == exits - 1 || signal.leaves(value, values.get(exit));
  }

  private static void check(ExitSignal signal, int classes, double value) {
    double least = signal.least(classes);
    double greatest = signal.greatest(classes);
    if (!(value >= least && value <= greatest)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The threshold %s is not %s: for %d classes it must be in %.3f..%.3f, and %s.%s",
              value,
              signal.noun(),
              classes,
              least,
              greatest,
              signal.direction(),
              advice(signal, classes, value)));
    }
  }

  private static String advice(ExitSignal signal, int classes, double value) {
    ExitSignal other = signal == ExitSignal.ENTROPY ? ExitSignal.CONFIDENCE : ExitSignal.ENTROPY;
    boolean fits = value >= other.least(classes) && value <= other.greatest(classes);
    return fits
        ? " Maybe %s was meant.".formatted(other.noun())
        : " Maybe it is in per cent or in bits.";
  }
}
