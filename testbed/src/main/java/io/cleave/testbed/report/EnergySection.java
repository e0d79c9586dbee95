package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import io.cleave.testbed.report.CsvTable.Row;
import io.cleave.testbed.report.FrontPanel.Dot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run that weighs energy in several ways gets for it: a picture for each network and trace,
 * every planner under every weight in the plane of mean latency and mean energy.
 */
final class EnergySection {
  private EnergySection() {}

  /** The section, from energy.csv and energy-fronts.csv; empty for any other run. */
  static String html(Path run) {
    if (!Files.exists(run.resolve("energy-fronts.csv"))) {
      return "";
    }
    List<String> ours = new ArrayList<>();
    for (Row row : CsvTable.read(run.resolve("energy-fronts.csv"))) {
      if (row.text("role").equals("own")) {
        ours.add(row.text("planner"));
      }
    }
    Map<String, List<Dot>> cells = new LinkedHashMap<>();
    for (Row row : CsvTable.read(run.resolve("energy.csv"))) {
      String cell = row.text("model") + ", " + row.text("trace");
      cells.computeIfAbsent(cell, any -> new ArrayList<>()).add(dot(row));
    }
    StringBuilder html = new StringBuilder("<section aria-labelledby=\"energy-title\">\n");
    html.append("<h2 id=\"energy-title\">Energy against time</h2>\n");
    html.append(
        Html.paragraph(
            " class=\"note\"",
            "A point is a planner under one weight of energy: its mean latency and what a frame takes from the device. Further down and left is better. Lines join what each of ours reaches; dots are all others. Points far off to the right or above are left out. The pointer on a dot says whose it is."));
    html.append(legend(ours)).append("<div class=\"fronts\">\n");
    cells.forEach(
        (cell, dots) ->
            html.append("<figure><figcaption>%s</figcaption>\n".formatted(escape(cell)))
                .append(new FrontPanel(dots, ours).svg(cell))
                .append("</figure>\n"));
    return html.append("</div>\n</section>\n").toString();
  }

  private static Dot dot(Row row) {
    return new Dot(
        row.text("planner"),
        row.number("energy_weight"),
        row.number("mean_latency_ms"),
        row.number("energy_j_per_frame"),
        row.text("on_own_front").equals("1"));
  }

  private static String legend(List<String> ours) {
    StringBuilder html = new StringBuilder("<p class=\"legend\">");
    for (int i = 0; i < ours.size(); i++) {
      html.append(
          "<span><svg class=\"front\" width=\"22\" height=\"8\" viewBox=\"0 0 22 8\" aria-hidden=\"true\"><path class=\"o%d\" d=\"M0 4h22\"/></svg> %s</span>\n"
              .formatted(FrontPanel.colour(i), escape(ours.get(i))));
    }
    return html.append("</p>\n").toString();
  }
}
