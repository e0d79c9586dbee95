package io.cleave.testbed.report;

import static io.cleave.testbed.report.Html.escape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.report.CsvTable.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes report.html from a run's CSV files, its manifest and its settings: one file that needs no
 * network, the chart library included.
 */
public final class ReportPage {
  private static final String LIBRARY =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private ReportPage() {}

  /**
   * Writes the page into the run's folder.
   *
   * @param shown name of the folder as people will see it
   */
  public static void write(Path run, Path shown) {
    try {
      Files.writeString(run.resolve("report.html"), html(run, shown), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String html(Path run, Path shown) throws IOException {
    Overall overall = Overall.read(run.resolve("overall.csv"));
    List<Row> summary = CsvTable.read(run.resolve("summary.csv"));
    JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    String settings = Files.readString(run.resolve("experiment.yaml"), StandardCharsets.UTF_8);
    ObjectNode data = ChartJson.of(run, overall, summary);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", escape("Cleave: " + manifest.path("experiment").asText()));
    parts.put("run", escape(scope(manifest, overall)));
    parts.put("headline", headline(overall));
    parts.put("tiles", tiles(overall));
    parts.put("seed", escape(data.path("seed").asText()));
    parts.put("overall-note", escape(overallNote(overall)));
    parts.put("overall", ReportTables.overall(overall));
    parts.put("bounds", BoundsTable.html(run));
    parts.put("energy", EnergySection.html(run));
    parts.put("grid", ReportTables.grid(summary, overall));
    parts.put("settings", SettingsSection.html(manifest, shown, settings));
    parts.put(
        "footer",
        "Charts: Apache ECharts (Apache-2.0). Every figure on this page is read from the CSV files of the run.");
    parts.put("css", resource("report.css"));
    parts.put("script", resource("report.js"));
    parts.put("echarts", resource(LIBRARY));
    parts.put("data", Html.script(data.toString()));
    return fill(resource("report.html"), parts);
  }

  private static String fill(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    Optional.ofNullable(parts.get(place.group(1)))
                        .orElseThrow(() -> new IllegalStateException("No part " + place.group()))));
  }

  private static String scope(JsonNode manifest, Overall overall) {
    return "%s: %s, %s, %s, %s"
        .formatted(
            manifest.path("experiment").asText(),
            Words.count(manifest.path("models").size(), "network", "networks"),
            Words.count(manifest.path("traces").size(), "trace", "traces"),
            Words.count(overall.rows().size(), "method", "methods"),
            Words.count(manifest.path("seeds").size(), "seed", "seeds"));
  }

  private static String headline(Overall overall) {
    StringBuilder html = new StringBuilder();
    for (String sentence : new Headline(overall).sentences()) {
      String glued = sentence.replaceAll("(\\d) (ms|s|J|%)(?=\\W)", "$1\u00a0$2");
      html.append(Html.paragraph(html.isEmpty() ? " class=\"first\"" : "", glued));
    }
    return html.toString();
  }

  private static String tiles(Overall overall) {
    if (overall.cells() == 0) {
      return "";
    }
    StringBuilder html = new StringBuilder("<dl class=\"tiles\">\n");
    overall.first(Origin.OWN).ifPresent(row -> html.append(tile("Our planner", row)));
    overall
        .lowest(Origin.PUBLISHED, "mean_latency_ms")
        .ifPresent(row -> html.append(tile("Best published", row)));
    overall.first(Origin.CLAIRVOYANT).ifPresent(row -> html.append(tile("Best possible", row)));
    overall.rows().stream()
        .filter(row -> row.text("planner").equals("local"))
        .findFirst()
        .ifPresent(row -> html.append(tile("Never splitting", row)));
    return html.append("</dl>").toString();
  }

  private static String tile(String what, Row row) {
    return "<div><dt>%s: %s</dt><dd><b>%s</b><small>p99 %s · %s a frame</small></dd></div>\n"
        .formatted(
            what,
            escape(row.text("planner")),
            Words.time(row.number("mean_latency_ms")),
            Words.time(row.number("p99_latency_ms")),
            Words.joules(row.number("energy_j_per_frame")));
  }

  private static String overallNote(Overall overall) {
    if (overall.cells() == 0) {
      return "This table is about cells in which the oracle's cut changes; here it never does.";
    }
    return "Means over the %s of network, trace and seed in which the oracle's cut changes at least once. The gap is that between the best published method and the oracle."
        .formatted(Words.count(overall.cells(), "cell", "cells"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "The program is incomplete: %s is missing.".formatted(name));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
