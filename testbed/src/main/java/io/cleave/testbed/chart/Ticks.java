package io.cleave.testbed.chart;

import java.util.Locale;

/**
 * Round numbers along an axis that begins at 0.
 *
 * @param step 1, 2 or 5 times a power of ten
 * @param count how many steps it takes to reach the highest value
 */
record Ticks(double step, int count) {
  /** At most so many steps. */
  static Ticks upTo(double highest, int steps) {
    double rough = highest > 0 ? highest / steps : 1;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step * steps >= highest * (1 - 1e-9)) {
        break;
      }
    }
    return new Ticks(step, Math.max(1, (int) Math.ceil(highest / step - 1e-9)));
  }

  double top() {
    return step * count;
  }

  String label(int tick) {
    return ShortNumber.of(tick * step);
  }

  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
