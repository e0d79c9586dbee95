package io.cleave.testbed.compare;

import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The comparison as a Markdown table, which is read well in a terminal too. */
final class CompareTable {
  private CompareTable() {}

  static List<String> lines(List<Comparison> cells) {
    List<List<String>> rows = new ArrayList<>();
    boolean labelled = cells.stream().anyMatch(Comparison::labelled);
    rows.add(header(labelled));
    cells.forEach(cell -> rows.add(row(cell, labelled)));
    if (cells.size() > 1) {
      rows.add(all(cells, labelled));
    }
    return aligned(rows);
  }

  private static List<String> header(boolean labelled) {
    List<String> titles = new ArrayList<>(List.of("network", "trace", "frames"));
    for (Prediction prediction : Prediction.values()) {
      titles.add(prediction.id() + " 50 / 95");
    }
    Collections.addAll(
        titles, "same plan", "mean ms real / sim", "kB up real / sim", "J real / sim", "switches");
    if (labelled) {
      Collections.addAll(titles, "right % real / sim", "mean exit", "same answer");
    }
    return titles;
  }

  private static List<String> row(Comparison cell, boolean labelled) {
    List<String> row =
        new ArrayList<>(
            List.of(
                cell.cell().network().name(),
                cell.cell().course(),
                Integer.toString(cell.pairs().size())));
    for (Prediction prediction : Prediction.values()) {
      row.add(errors(cell.errorsPercent(prediction)));
    }
    row.add(Fixed.text(cell.samePlanPercent(), 0) + " %");
    row.add(both(cell, Quantity.MEAN_LATENCY, 1, 0));
    row.add(both(cell, Quantity.UPLINK, 1e3, 0));
    row.add(both(cell, Quantity.ENERGY, 1, 2));
    row.add(both(cell, Quantity.SWITCHES, 1, 0));
    if (labelled) {
      row.add(both(cell, Quantity.RIGHT, 1, 1));
      row.add(both(cell, Quantity.MEAN_EXIT, 1, 2));
      row.add(Fixed.text(cell.sameAnswerPercent(), 1) + " %");
    }
    return row;
  }

  /** The errors of all frames together. */
  private static List<String> all(List<Comparison> cells, boolean labelled) {
    List<FramePair> pairs = cells.stream().flatMap(cell -> cell.pairs().stream()).toList();
    List<String> row = new ArrayList<>(List.of("all", "", Integer.toString(pairs.size())));
    for (Prediction prediction : Prediction.values()) {
      row.add(errors(prediction.errorsPercent(pairs)));
    }
    long same = pairs.stream().filter(FramePair::samePlan).count();
    row.add(Fixed.text(100.0 * same / pairs.size(), 0) + " %");
    Collections.addAll(row, "", "", "", "");
    if (labelled) {
      Collections.addAll(row, "", "", "");
    }
    return row;
  }

  private static String errors(Sample errors) {
    return "%s / %s %%"
        .formatted(Fixed.text(errors.percentile(0.5), 1), Fixed.text(errors.percentile(0.95), 1));
  }

  private static String both(Comparison cell, Quantity quantity, double unit, int decimals) {
    return "%s / %s"
        .formatted(
            Fixed.text(cell.measured(quantity) / unit, decimals),
            Fixed.text(cell.simulated(quantity) / unit, decimals));
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(' ').append(i < 2 ? row.get(i) + space : space + row.get(i)).append(" |");
      }
      lines.add(line.toString());
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(i < 2 ? " " + "-".repeat(widths[i]) : " " + "-".repeat(widths[i] - 1) + ":");
      line.append(" |");
    }
    return line.toString();
  }
}
