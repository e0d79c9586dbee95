package io.cleave.policies.spelling;

import java.util.Collection;
import java.util.Locale;

/** Finds what a person who mistyped a name may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name with the fewest typing errors (Levenshtein distance, letter case apart); of
   * equal ones the first.
   *
   * @throws IllegalArgumentException if none is known
   */
  public static String of(String typed, Collection<String> known) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int errors = errors(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (errors < least) {
        least = errors;
        best = name;
      }
    }
    if (least == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("There is no known name to compare with.");
    }
    return best;
  }

  private static int errors(String typed, String name) {
    int[] row = new int[name.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[name.length()];
  }
}
