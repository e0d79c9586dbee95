package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import io.cleave.testbed.report.CsvTable.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a run that holds plans to bounds kept them; nothing of any other run. */
final class BoundsTable {
  private static final String NOTE =
      "Of frames that came too late the second figure was foretold: no plan kept the bound, or none was known yet. The rest is what estimates did not know.";

  private BoundsTable() {}

  /** For the terminal. */
  static List<String> lines(Path run) {
    List<List<String>> rows = rows(run);
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Bounds; means over all networks and traces");
    lines.addAll(TerminalTable.aligned(rows));
    lines.add("");
    return lines;
  }

  /** For the page. */
  static String html(Path run) {
    List<List<String>> rows = rows(run);
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section aria-labelledby=\"bounds-title\">\n");
    html.append("<h2 id=\"bounds-title\">Bounds</h2>\n");
    html.append(Html.paragraph(" class=\"note\"", NOTE));
    html.append("<table id=\"bounds\"><thead><tr>");
    rows.get(0).forEach(cell -> html.append("<th scope=\"col\">%s</th>".formatted(escape(cell))));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows.subList(1, rows.size())) {
      html.append("<tr><th scope=\"row\">%s</th>".formatted(escape(row.get(0))));
      row.stream().skip(1).forEach(cell -> html.append("<td>%s</td>".formatted(escape(cell))));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>\n</section>\n").toString();
  }

  /** A heading with the bounds, and a row for each planner, from bounds.csv. */
  private static List<List<String>> rows(Path run) {
    Path file = run.resolve("bounds.csv");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Row> read = CsvTable.read(file);
    Map<String, List<Row>> byPlanner = new LinkedHashMap<>();
    read.forEach(
        row -> byPlanner.computeIfAbsent(row.text("planner"), any -> new ArrayList<>()).add(row));
    Row any = read.get(0);
    double millis = any.number("latency_bound_ms");
    double points = any.number("loss_bound_points");
    double watts = any.number("power_bound_w");
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(List.of("")));
    add(rows.get(0), millis, "later than " + Words.time(millis), "foretold");
    add(rows.get(0), points, "points lost, at most " + Words.number(points, 1));
    add(rows.get(0), watts, "power, at most " + Words.number(watts, 2) + " W");
    byPlanner.forEach(
        (planner, cells) -> {
          List<String> row = new ArrayList<>(List.of(planner));
          add(
              row,
              millis,
              Words.percent(mean(cells, "late_percent")),
              Words.percent(mean(cells, "foretold_late_percent")));
          add(row, points, Words.number(mean(cells, "lost_points"), 2));
          add(row, watts, Words.number(mean(cells, "mean_power_w"), 2) + " W");
          rows.add(row);
        });
    return rows;
  }

  /** Nothing is said of what is not bounded. */
  private static void add(List<String> row, double bound, String... cells) {
    if (bound < Double.POSITIVE_INFINITY) {
      row.addAll(List.of(cells));
    }
  }

  /** Networks of which it is not known are left out. */
  private static double mean(List<Row> rows, String column) {
    return rows.stream()
        .mapToDouble(row -> row.number(column))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
