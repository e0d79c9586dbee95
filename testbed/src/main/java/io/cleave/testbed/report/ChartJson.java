package io.cleave.testbed.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.report.CourseSeries.Point;
import io.cleave.testbed.report.CsvTable.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the page's charts draw, from the CSV files of a run alone. Frames are read row by row; at
 * most those of one model, trace and planner are in memory.
 */
final class ChartJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int QUANTILES = 200;

  private final ObjectNode root = NODES.objectNode();
  private final ObjectNode cuts = NODES.objectNode();
  private static final List<String> SUMMARY =
      List.of(
          "regret_ms",
          "regret_percent",
          "mean_latency_ms",
          "accuracy_percent",
          "right_in_time_percent");

  private final ObjectNode courses = NODES.objectNode();
  private final ObjectNode quantiles = NODES.objectNode();
  private final Map<String, Map<String, Integer>> cutNumbers = new HashMap<>(); // looked up only
  private String group = "";
  private String seed = "";
  private Sample latencies = new Sample();
  private CourseSeries series = new CourseSeries();
  private List<String> path = List.of();

  private ChartJson() {}

  static ObjectNode of(Path run, Overall overall, List<Row> summary) {
    ChartJson json = new ChartJson();
    json.names(overall, summary);
    CsvTable.forEach(run.resolve("frames.csv"), json::frame);
    json.endGroup();
    json.root.set("cuts", json.cuts);
    json.root.set("courses", json.courses);
    json.root.set("quantiles", json.quantiles);
    return json.root;
  }

  private void names(Overall overall, List<Row> summary) {
    distinct("models", summary, "model");
    distinct("traces", summary, "trace");
    ArrayNode planners = root.putArray("planners");
    ArrayNode rows = root.putArray("overall");
    for (Row row : overall.rows()) {
      planners.addObject().put("name", row.text("planner")).put("role", row.text("role"));
      ObjectNode one = rows.addObject();
      one.put("planner", row.text("planner")).put("role", row.text("role"));
      for (String column : List.of("cells", "mean_latency_ms", "regret_ms", "regret_percent")) {
        one.set(column, number(row.number(column), 3));
      }
    }
    ArrayNode cells = root.putArray("summary");
    for (Row row : summary) {
      ObjectNode one = cells.addObject();
      for (String column : List.of("model", "trace", "planner")) {
        one.put(column, row.text(column));
      }
      for (String column : SUMMARY) {
        one.set(column, number(row.number(column), 3));
      }
    }
  }

  private void distinct(String name, List<Row> rows, String column) {
    ArrayNode names = root.putArray(name);
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      if (seen.add(row.text(column))) {
        names.add(row.text(column));
      }
    }
  }

  private void frame(Row row) {
    List<String> here = List.of(row.text("model"), row.text("trace"), row.text("planner"));
    String name = String.join("\n", here);
    if (!name.equals(group)) {
      endGroup();
      group = name;
      path = here;
      seed = row.text("seed");
    }
    double latency = row.number("latency_ms");
    latencies.add(latency);
    if (row.text("seed").equals(seed)) {
      series.add(
          new Point(
              Long.parseLong(row.text("frame")),
              row.number("arrival_s"),
              latency,
              cut(row),
              row.number("uplink_mbps")));
    }
  }

  private int cut(Row row) {
    String model = row.text("model");
    Map<String, Integer> numbers = cutNumbers.computeIfAbsent(model, m -> new HashMap<>());
    // Two cuts may have one label; what the chart shows is the label and the share.
    String key = row.text("plan") + "\n" + row.text("near_share");
    return Objects.requireNonNull(
        numbers.computeIfAbsent(
            key,
            k -> {
              ArrayNode known = cuts.withArray("/" + model.replace("~", "~0").replace("/", "~1"));
              known
                  .addObject()
                  .put("label", row.text("plan"))
                  .set("share", number(row.number("near_share"), 3));
              return known.size() - 1;
            }));
  }

  private void endGroup() {
    if (path.isEmpty()) {
      return;
    }
    ArrayNode values = quantiles.putArray(group);
    for (int i = 0; i <= QUANTILES; i++) {
      values.add(number(latencies.percentile((double) i / QUANTILES), 1));
    }
    String course = path.get(0) + "\n" + path.get(1);
    List<Point> points = series.thinned();
    ObjectNode one =
        (ObjectNode)
            Objects.requireNonNullElseGet(courses.get(course), () -> begin(course, points));
    ArrayNode line = ((ObjectNode) one.get("series")).putArray(path.get(2));
    for (Point point : points) {
      line.addArray()
          .add(number(point.arrival(), 2))
          .add(number(point.latencyMs(), 1))
          .add(point.cut());
    }
    root.put("seed", seed);
    latencies = new Sample();
    series = new CourseSeries();
  }

  /** The first planner of a course gives the link's rate, which all of them met. */
  private ObjectNode begin(String course, List<Point> points) {
    ObjectNode one = courses.putObject(course);
    one.put("every", series.every());
    ArrayNode uplink = one.putArray("uplink");
    for (Point point : points) {
      uplink.addArray().add(number(point.arrival(), 2)).add(number(point.uplinkMbps(), 3));
    }
    one.putObject("series");
    return one;
  }

  /** JSON has no NaN and no infinity: a number that is none is left out as null. */
  private static JsonNode number(double value, int decimals) {
    return Double.isFinite(value)
        ? NODES.numberNode(new BigDecimal(Fixed.text(value, decimals)).stripTrailingZeros())
        : NODES.nullNode();
  }
}
