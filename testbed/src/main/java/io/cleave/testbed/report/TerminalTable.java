package io.cleave.testbed.report;

import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.report.CsvTable.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table that a run ends with: for each network, what each planner did over all its traces. */
public final class TerminalTable {
  private static final List<String> HEADER =
      List.of("", "mean", "p50", "p95", "p99", "late", "energy", "hedging", "switches", "regret");
  private static final List<String> OF_EXITS = List.of("right", "in time", "exit");

  private TerminalTable() {}

  /** Lines of text for the folder of a run, then the sentences of its report. */
  public static List<String> lines(Path run) {
    Map<String, Map<String, List<Row>>> byModel = new LinkedHashMap<>();
    for (Row row : CsvTable.read(run.resolve("summary.csv"))) {
      byModel
          .computeIfAbsent(row.text("model"), model -> new LinkedHashMap<>())
          .computeIfAbsent(row.text("planner"), planner -> new ArrayList<>())
          .add(row);
    }
    List<String> lines = new ArrayList<>();
    byModel.forEach(
        (model, byPlanner) -> {
          int traces = byPlanner.values().iterator().next().size();
          lines.add("%s, means over %s".formatted(model, Words.count(traces, "trace", "traces")));
          boolean exits =
              byPlanner.values().stream()
                  .anyMatch(rows -> !Double.isNaN(mean(rows, "accuracy_percent")));
          List<List<String>> table = new ArrayList<>();
          table.add(exits ? joined(HEADER, OF_EXITS) : HEADER);
          byPlanner.forEach(
              (planner, rows) ->
                  table.add(
                      exits ? joined(cells(planner, rows), ofExits(rows)) : cells(planner, rows)));
          lines.addAll(aligned(table));
          lines.add("");
        });
    lines.addAll(BoundsTable.lines(run));
    lines.addAll(EnergyLines.of(run));
    lines.addAll(new Headline(Overall.read(run.resolve("overall.csv"))).sentences());
    return lines;
  }

  private static List<String> cells(String planner, List<Row> rows) {
    return List.of(
        planner,
        Words.time(mean(rows, "mean_latency_ms")),
        Words.time(mean(rows, "p50_latency_ms")),
        Words.time(mean(rows, "p95_latency_ms")),
        Words.time(mean(rows, "p99_latency_ms")),
        Words.percent(mean(rows, "deadline_miss_percent")),
        Words.joules(mean(rows, "energy_j_per_frame")),
        Words.joules(mean(rows, "hedge_energy_j_per_frame")),
        Words.number(mean(rows, "plan_switches"), 1),
        Words.number(mean(rows, "regret_percent"), 1) + " %");
  }

  private static List<String> ofExits(List<Row> rows) {
    return List.of(
        Words.percent(mean(rows, "accuracy_percent")),
        Words.percent(mean(rows, "right_in_time_percent")),
        Words.number(mean(rows, "mean_exit"), 2));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** NaN if it is known of none of them. */
  private static double mean(List<Row> rows, String column) {
    Sample sample = new Sample();
    rows.stream()
        .mapToDouble(row -> row.number(column))
        .filter(value -> !Double.isNaN(value))
        .forEach(sample::add);
    return sample.mean();
  }

  static List<String> aligned(List<List<String>> table) {
    int[] widths = new int[table.get(0).size()];
    for (List<String> row : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return table.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("  ").append(row.get(0));
    line.append(" ".repeat(widths[0] - row.get(0).length()));
    for (int i = 1; i < widths.length; i++) {
      line.append(" ".repeat(2 + widths[i] - row.get(i).length())).append(row.get(i));
    }
    return line.toString();
  }
}
