package io.cleave.testbed.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
  private static final long KIBI = 1024;

  private Amounts() {}

  /** Memory: {@code 147.0 KiB}. */
  static String bytes(long bytes) {
    if (bytes < KIBI) {
      return bytes + " B";
    }
    return bytes < KIBI * KIBI
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIBI)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIBI * KIBI));
  }

  /** Counts: {@code 1.82 G}, {@code 11.7 M}; nothing for 0. */
  static String count(long count) {
    if (count < 1_000) {
      return count == 0 ? "" : String.valueOf(count);
    }
    String[] units = {"k", "M", "G", "T"};
    double value = count;
    int unit = -1;
    while (value >= 999.5 && unit + 1 < units.length) {
      value /= 1_000;
      unit++;
    }
    String digits = value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, digits, value, units[unit]);
  }

  static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds * 1e3);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
