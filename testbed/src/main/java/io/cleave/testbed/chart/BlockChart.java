package io.cleave.testbed.chart;

import io.cleave.testbed.chart.Columns.Column;
import io.cleave.traces.Capacity;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording as lines of text: {@value #COLUMNS} columns of time, each as high as its mean rate.
 * Where the terminal knows no blocks, whole rows of # stand for them.
 */
public final class BlockChart {
  static final int COLUMNS = 72;
  private static final int ROWS = 8;
  private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

  private final boolean blocks;

  /**
   * @param blocks true if block characters reach the reader as such
   */
  public BlockChart(boolean blocks) {
    this.blocks = blocks;
  }

  /** One chart if one direction was recorded, else one for each. */
  public List<String> lines(Trace trace) {
    if (trace.up() == trace.down()) {
      return lines("Both directions", trace.down());
    }
    List<String> lines = new ArrayList<>(lines("Down", trace.down()));
    lines.add("");
    lines.addAll(lines("Up", trace.up()));
    return lines;
  }

  private List<String> lines(String title, Capacity way) {
    Columns columns = Columns.of(way, COLUMNS);
    double highest = columns.columns().stream().mapToDouble(Column::mean).max().orElse(0);
    Ticks ticks = Ticks.upTo(highest, 4);
    int width = Math.max(ticks.label(ticks.count()).length(), 4);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, Mbit/s; a column is the mean of %s s"
            .formatted(title, ShortNumber.of(columns.seconds())));
    for (int row = ROWS - 1; row >= 0; row--) {
      String label = row == ROWS - 1 ? ticks.label(ticks.count()) : "";
      lines.add(" ".repeat(width - label.length()) + label + wall() + row(columns, ticks, row));
    }
    lines.add(" ".repeat(width - 1) + "0" + corner() + ground(columns));
    lines.add(" ".repeat(width + 1) + times(way.periodSeconds(), columns));
    return lines;
  }

  private String row(Columns columns, Ticks ticks, int row) {
    StringBuilder line = new StringBuilder();
    for (Column column : columns.columns()) {
      double filled = column.mean() / ticks.top() * ROWS - row;
      line.append(mark((int) Math.round(8 * Math.max(0, Math.min(1, filled)))));
    }
    return line.toString().stripTrailing();
  }

  private char mark(int eighths) {
    if (blocks) {
      return EIGHTHS.charAt(eighths);
    }
    return eighths >= 4 ? '#' : ' ';
  }

  private String ground(Columns columns) {
    StringBuilder line = new StringBuilder();
    for (Column column : columns.columns()) {
      line.append(column.outage() ? 'x' : blocks ? '─' : '-');
    }
    return line.toString();
  }

  private static String times(double period, Columns columns) {
    TimeAxis axis = TimeAxis.of(period);
    String end = axis.label(period);
    String middle = columns.anyOutage() ? "x: " + Outage.MEANING : "";
    String start = "0 " + axis.unit();
    int room = COLUMNS - start.length() - end.length() - middle.length();
    return start + " ".repeat(room / 2) + middle + " ".repeat(room - room / 2) + end;
  }

  private char wall() {
    return blocks ? '│' : '|';
  }

  private char corner() {
    return blocks ? '└' : '+';
  }
}
