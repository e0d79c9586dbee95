package io.cleave.testbed.experiment;

/** Numbers with a fixed count of decimals, the same on every machine and in every language. */
public final class Fixed {
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
  private static final double LARGEST = 9e15; // beyond, a double is no longer exact to one

  private Fixed() {}

  /**
   * The value rounded half up; {@code NaN}, {@code Infinity} and {@code -Infinity} are written out.
   *
   * @param decimals 0 to 6
   */
  public static String text(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    if (!(Math.abs(scaled) < LARGEST)) {
      return String.valueOf(value);
    }
    long units = Math.round(scaled);
    long whole = Math.abs(units) / POWERS[decimals];
    StringBuilder text = new StringBuilder(units < 0 ? "-" : "").append(whole);
    if (decimals > 0) {
      String rest = Long.toString(Math.abs(units) % POWERS[decimals]);
      text.append('.').append("0".repeat(decimals - rest.length())).append(rest);
    }
    return text.toString();
  }
}
