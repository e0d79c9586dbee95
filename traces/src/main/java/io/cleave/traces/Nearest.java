package io.cleave.traces;

import java.util.Collection;
import java.util.Comparator;

/** The known word that somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * One that begins with what was typed if there is any; otherwise and among those the one with the
   * fewest letters to insert, delete or replace; the first among equals.
   */
  public static String to(String word, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparing((String each) -> !each.startsWith(word))
                .thenComparingInt(each -> distance(word, each)))
        .orElseThrow();
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
