package io.cleave.testbed.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people: four digits that matter, no exponent, a dot before decimals. */
public final class ShortNumber {
  private ShortNumber() {}

  /** A finite number in short. */
  public static String of(double value) {
    if (value == 0) {
      return "0";
    }
    int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(Math.max(0, 4 - whole), RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
