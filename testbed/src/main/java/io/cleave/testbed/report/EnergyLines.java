package io.cleave.testbed.report;

import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.report.CsvTable.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run says that weighs energy in several ways; nothing of any other run. */
final class EnergyLines {
  private EnergyLines() {}

  /** A table of planners, from energy.csv and energy-fronts.csv. */
  static List<String> of(Path run) {
    if (!Files.exists(run.resolve("energy-fronts.csv"))) {
      return List.of();
    }
    Map<String, Map<String, List<Row>>> points = new LinkedHashMap<>();
    for (Row row : CsvTable.read(run.resolve("energy.csv"))) {
      points
          .computeIfAbsent(row.text("planner"), planner -> new LinkedHashMap<>())
          .computeIfAbsent(row.text("energy_weight"), weight -> new ArrayList<>())
          .add(row);
    }
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("", "energy weight", "mean", "energy", "hedging"));
    points.forEach(
        (planner, byWeight) -> {
          List<List<String>> rows = new ArrayList<>();
          byWeight.forEach((weight, cells) -> rows.add(cells(planner, weight, cells)));
          boolean same =
              rows.stream().map(row -> row.subList(2, row.size())).distinct().count() == 1;
          table.addAll(same ? rows.subList(0, 1) : rows);
        });
    List<String> lines = new ArrayList<>();
    lines.add("Energy weighed from nothing to all; means over all networks and traces");
    lines.addAll(TerminalTable.aligned(table));
    lines.add("");
    lines.addAll(fronts(CsvTable.read(run.resolve("energy-fronts.csv"))));
    return lines;
  }

  private static List<String> cells(String planner, String weight, List<Row> rows) {
    return List.of(
        planner,
        weight,
        Words.time(mean(rows, "mean_latency_ms")),
        Words.joules(mean(rows, "energy_j_per_frame")),
        Words.joules(mean(rows, "hedge_energy_j_per_frame")));
  }

  private static double mean(List<Row> rows, String column) {
    Sample sample = new Sample();
    rows.stream().mapToDouble(row -> row.number(column)).forEach(sample::add);
    return sample.mean();
  }

  private static List<String> fronts(List<Row> rows) {
    String ours =
        rows.stream()
            .filter(row -> row.text("role").equals("own"))
            .findFirst()
            .orElse(rows.get(0))
            .text("planner");
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("", "points beaten", "cells where " + ours + " is on or below it"));
    for (Row row : rows) {
      if (row.text("planner").equals(ours)) {
        continue;
      }
      table.add(
          List.of(
              row.text("planner"),
              Words.percent(row.number("points_beaten_percent")),
              Words.percent(row.number("cells_reached_percent"))));
    }
    List<String> lines = new ArrayList<>(TerminalTable.aligned(table));
    rows.stream()
        .filter(row -> row.text("role").equals("own"))
        .forEach(
            row ->
                lines.add(
                    "%s is on or below every other front in %s of the %s."
                        .formatted(
                            row.text("planner"),
                            Words.percent(row.number("cells_reaching_all_percent")),
                            Words.count(
                                row.number("cells"), "network and trace", "networks and traces"))));
    lines.add("");
    return lines;
  }
}
