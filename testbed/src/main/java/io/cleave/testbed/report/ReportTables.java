package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.report.CsvTable.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** The two tables of the page: all methods, and regret by network and trace. */
final class ReportTables {
  private ReportTables() {}

  /** A column of the first table: its heading, a smaller second line, and a cell. */
  private record Column(String heading, String unit, String name, DoubleFunction<String> text) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Mean", "latency", "mean_latency_ms", Words::time),
          new Column("p50", "latency", "p50_latency_ms", Words::time),
          new Column("p95", "latency", "p95_latency_ms", Words::time),
          new Column("p99", "latency", "p99_latency_ms", Words::time),
          new Column("Regret", "to the oracle", "regret_percent", v -> Words.number(v, 1) + " %"),
          new Column("Gap closed", "to the oracle", "gap_closed_percent", Words::percent),
          new Column("Worst frame", "beyond local", "worst_beyond_local_ms", Words::time),
          new Column("Late", "frames", "deadline_miss_percent", Words::percent),
          new Column("Energy", "a frame", "energy_j_per_frame", Words::joules),
          new Column("of it hedging", "a frame", "hedge_energy_j_per_frame", Words::joules),
          new Column("Hedge won", "frames", "hedge_won_percent", Words::percent),
          new Column("Sent", "a frame", "uplink_bytes_per_frame", ReportTables::kilobytes),
          new Column("Changes", "of cut", "plan_switches", v -> Words.number(v, 1)));

  private static final List<Column> OF_EXITS =
      List.of(
          new Column("Right", "frames", "accuracy_percent", Words::percent),
          new Column("in time", "frames", "right_in_time_percent", Words::percent),
          new Column("Exit", "mean", "mean_exit", v -> Words.number(v, 2)));

  private static String kilobytes(double bytes) {
    return Words.number(bytes / 1000, 0) + " kB";
  }

  static String overall(Overall overall) {
    StringBuilder html =
        new StringBuilder("<table id=\"overall\"><thead><tr><th scope=\"col\">Method</th>");
    List<Column> columns = columns(overall);
    for (Column column : columns) {
      html.append(
          "<th scope=\"col\">%s<br><small>%s</small></th>"
              .formatted(column.heading(), column.unit()));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Row row : overall.rows()) {
      html.append(
          "<tr class=\"%s\"><th scope=\"row\">%s <small>%s</small></th>"
              .formatted(
                  escape(row.text("role")), escape(row.text("planner")), role(row.text("role"))));
      for (Column column : columns) {
        double value = row.number(column.name());
        html.append("<td data-value=\"%s\">%s</td>".formatted(value, column.text().apply(value)));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }

  /** What is said of exits only if there are some. */
  private static List<Column> columns(Overall overall) {
    boolean exits =
        overall.rows().stream().anyMatch(row -> !Double.isNaN(row.number("accuracy_percent")));
    return exits ? Stream.concat(COLUMNS.stream(), OF_EXITS.stream()).toList() : COLUMNS;
  }

  private static String role(String id) {
    return id.equals(Overall.role(Origin.OWN)) || id.equals(Overall.role(Origin.PUBLISHED))
        ? escape(id)
        : "";
  }

  /** Regret per cent; a row for each network and trace, a column for each planner. */
  static String grid(List<Row> summary, Overall overall) {
    Map<String, Map<String, Row>> courses = new LinkedHashMap<>();
    for (Row row : summary) {
      courses
          .computeIfAbsent(
              row.text("model") + "\n" + row.text("trace"), course -> new LinkedHashMap<>())
          .put(row.text("planner"), row);
    }
    List<String> planners =
        overall.rows().stream()
            .filter(row -> !Overall.is(row, Origin.CLAIRVOYANT))
            .map(row -> row.text("planner"))
            .toList();
    StringBuilder html = new StringBuilder("<table id=\"grid\" class=\"grid\"><thead><tr>");
    html.append("<th scope=\"col\">Network, trace</th>");
    planners.forEach(
        planner ->
            html.append(
                "<th scope=\"col\">%s</th>".formatted(escape(planner).replace("{", "<br>{"))));
    html.append("</tr></thead>\n<tbody>\n");
    String last = "";
    for (Map<String, Row> course : courses.values()) {
      last = gridRow(html, course, planners, last);
    }
    return html.append("</tbody></table>").toString();
  }

  private static String gridRow(
      StringBuilder html, Map<String, Row> course, List<String> planners, String lastModel) {
    Row any = course.values().iterator().next();
    String model = any.text("model");
    html.append(
        "<tr%s><th scope=\"row\">%s, %s</th>"
            .formatted(
                model.equals(lastModel) ? "" : " class=\"group\"",
                escape(model),
                escape(any.text("trace"))));
    double least =
        planners.stream().mapToDouble(planner -> regret(course, planner)).min().orElse(0);
    for (String planner : planners) {
      double regret = regret(course, planner);
      html.append(
          "<td data-value=\"%s\"%s style=\"--heat:%s\">%s</td>"
              .formatted(
                  regret, regret <= least ? " class=\"best\"" : "", heat(regret), digits(regret)));
    }
    html.append("</tr>\n");
    return model;
  }

  private static double regret(Map<String, Row> course, String planner) {
    return Optional.ofNullable(course.get(planner))
        .map(row -> row.number("regret_percent"))
        .orElse(Double.NaN);
  }

  private static String digits(double regret) {
    return Words.number(regret, Math.abs(regret) < 99.5 ? 1 : 0);
  }

  /** Opacity 0 to 0.55: logarithmic, 1 % is faint and 300 % is full. */
  private static String heat(double percent) {
    double share = Math.log1p(Math.max(0, Double.isNaN(percent) ? 0 : percent)) / Math.log(301);
    return String.format(Locale.ROOT, "%.3f", 0.55 * Math.min(1, share * share));
  }
}
