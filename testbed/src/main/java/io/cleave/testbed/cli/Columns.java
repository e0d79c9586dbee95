package io.cleave.testbed.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text: columns as wide as their longest cell. */
final class Columns {
  private final List<List<String>> rows = new ArrayList<>();
  private final String alignment;

  /**
   * @param alignment a letter a column: l for left, r for right
   * @param header of the columns
   */
  Columns(String alignment, String... header) {
    this.alignment = alignment;
    row(header);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintWriter out) {
    int[] widths = new int[alignment.length()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        boolean left = alignment.charAt(i) == 'l';
        line.append(left ? row.get(i) + padding : padding + row.get(i)).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}
