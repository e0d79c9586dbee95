package io.cleave.testbed.cli;

import io.cleave.traces.Capacity;
import java.nio.charset.Charset;
import java.util.Locale;

/** A rate over time in characters: each column the mean of its share of the trace. */
final class TerminalChart {
  private static final int COLUMNS = 68;
  private static final int ROWS = 8;

  private final String fills; // from empty to full

  private TerminalChart(String fills) {
    this.fills = fills;
  }

  /** Block characters where the terminal has them, plain ones elsewhere. */
  static TerminalChart forCharset(Charset charset) {
    String blocks = " ▁▂▃▄▅▆▇█";
    return new TerminalChart(charset.newEncoder().canEncode(blocks) ? blocks : " .:#");
  }

  String draw(String title, Capacity capacity) {
    Capacity columns = capacity.pooled(capacity.periodSeconds() / COLUMNS);
    double highest = 0;
    for (int i = 0; i < columns.steps(); i++) {
      highest = Math.max(highest, columns.bitsPerSecond(i));
    }
    StringBuilder out = new StringBuilder(title).append(", Mbit/s\n");
    for (int row = ROWS - 1; row >= 0; row--) {
      out.append(label(row, highest));
      for (int i = 0; i < columns.steps(); i++) {
        out.append(fill(columns.bitsPerSecond(i) / highest * ROWS - row));
      }
      out.append('\n');
    }
    String end = String.format(Locale.ROOT, "%.0f s", capacity.periodSeconds());
    return out.append(" ".repeat(10))
        .append("0 s")
        .append(" ".repeat(COLUMNS - 3 - end.length()))
        .append(end)
        .toString();
  }

  private static String label(int row, double highest) {
    double value = (row + 1) * highest / ROWS / 1e6;
    return row == ROWS - 1 || row == ROWS / 2 - 1
        ? String.format(Locale.ROOT, "%8.2f |", value)
        : " ".repeat(9) + "|";
  }

  /** The character that is filled to this part. */
  private char fill(double part) {
    int full = fills.length() - 1;
    return fills.charAt((int) Math.max(0, Math.min(full, Math.ceil(part * full))));
  }
}
