package io.cleave.testbed.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What one benchmark took.
 *
 * @param nanos mean of one call
 * @param errorNanos half width of its 99.9 % interval; not a number if there are too few rounds
 */
public record Figure(double nanos, double errorNanos) {
  /** As people read it: {@code 12.3 us +- 0.4}. */
  public String text() {
    String error = Double.isNaN(errorNanos) ? "" : " +- " + twoDigits(errorNanos / scale(nanos));
    return number(nanos) + error;
  }

  private static String twoDigits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  /** A time with its unit, three digits. */
  static String number(double nanos) {
    double scale = scale(nanos);
    String unit = scale == 1 ? "ns" : scale == 1e3 ? "us" : "ms";
    double value = nanos / scale;
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit);
  }

  private static double scale(double nanos) {
    return nanos < 1e3 ? 1 : nanos < 1e6 ? 1e3 : 1e6;
  }
}
