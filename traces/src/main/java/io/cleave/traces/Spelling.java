package io.cleave.traces;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person probably meant. */
final class Spelling {
  private Spelling() {}

  /** One sentence that refuses a name and offers the nearest known one. */
  static String unknown(String kind, String name, Collection<String> known) {
    return "There is no %s '%s'.%s"
        .formatted(kind, name, nearest(name, known).map(n -> " Maybe '" + n + "'?").orElse(""));
  }

  /**
   * Fewest insertions, deletions and replacements away; the first of equals; none if all differ.
   */
  static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(best -> distance(name, best) <= Math.max(2, name.length() / 2));
  }

  /** Levenshtein distance, O(length of a x length of b). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
