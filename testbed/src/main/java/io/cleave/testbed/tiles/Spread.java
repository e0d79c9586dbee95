package io.cleave.testbed.tiles;

import java.util.List;
import java.util.Locale;

/**
 * Mean and sample standard deviation of the same figure over seeds.
 *
 * @param mean of all
 * @param deviation 0 for a single one
 */
public record Spread(double mean, double deviation) {
  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(List<Double> values) {
    double mean =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow(() -> new IllegalArgumentException("There is no value to average."));
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Spread(mean, values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1)));
  }

  /** As people write it, a hundred times as large: {@code 92.31 ± 0.12}. */
  public String percent() {
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * deviation);
  }
}
