package io.cleave.testbed.report;

import java.util.Locale;

/** Numbers as people read them, units included; {@code –} where there is none. */
final class Words {
  private Words() {}

  /** Thousands grouped. */
  static String number(double value, int decimals) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Milliseconds below a second, seconds above. */
  static String time(double millis) {
    double size = Math.abs(millis);
    if (Double.isNaN(millis)) {
      return "–";
    }
    if (Double.isInfinite(millis)) {
      return "never";
    }
    if (size >= 999.5) {
      return number(millis / 1000, size >= 10_000 ? 1 : 2) + " s";
    }
    return number(millis, size < 9.95 ? 1 : 0) + " ms";
  }

  static String percent(double value) {
    int decimals = value != 0 && Math.abs(value) < 9.95 ? 1 : 0;
    return Double.isNaN(value) ? "–" : number(value, decimals) + " %";
  }

  /** Of frames, where a tenth of a per cent is worth telling. */
  static String share(double percent) {
    return Double.isNaN(percent) ? "–" : number(percent, 1) + " %";
  }

  static String joules(double value) {
    int decimals = value == 0 ? 0 : value < 0.0995 ? 3 : 2;
    return Double.isNaN(value) ? "–" : number(value, decimals) + " J";
  }

  static String count(double value, String one, String many) {
    return number(value, 0) + " " + (value == 1 ? one : many);
  }
}
