package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.experiment.EnergyFront.Point;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what an experiment says that weighs energy in several ways: energy.csv, a row for each
 * model, trace, planner and weight, and energy-fronts.csv, a row for each planner.
 */
final class EnergyCsv {
  private static final List<String> HEADER =
      List.of(
          "model",
          "trace",
          "planner",
          "energy_weight",
          "mean_latency_ms",
          "energy_j_per_frame",
          "hedge_energy_j_per_frame",
          "on_own_front",
          "beaten_by");
  private static final List<String> FRONTS =
      List.of(
          "planner",
          "role",
          "cells",
          "points_beaten_percent",
          "cells_reached_percent",
          "cells_reaching_all_percent");

  private EnergyCsv() {}

  /** A row for each point; {@code beaten_by} is the first planner that is better in both. */
  static void writePoints(Path file, EnergyFronts fronts) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(HEADER);
          for (EnergyFronts.Plane cell : fronts.cells()) {
            cell.points()
                .forEach(
                    (planner, points) ->
                        points.forEach(point -> csv.writeRecord(row(cell, planner, point))));
          }
        });
  }

  private static List<String> row(EnergyFronts.Plane cell, String planner, Point point) {
    return List.of(
        cell.model(),
        cell.trace(),
        planner,
        Fixed.text(point.weight(), 3),
        Fixed.text(point.millis(), 3),
        Fixed.text(point.joules(), 5),
        Fixed.text(point.hedgeJoules(), 5),
        cell.front(planner).points().contains(point) ? "1" : "0",
        cell.beater(point).orElse("none"));
  }

  /**
   * A row for each planner: how many of its points another planner's beats, in how many cells the
   * first of ours is on or below its front, and in how many its own is on or below everybody's.
   *
   * @param roles of all planners, in the experiment's order, without the clairvoyant one
   */
  static void writeFronts(Path file, EnergyFronts fronts, Map<String, Origin> roles) {
    List<String> planners = List.copyOf(roles.keySet());
    String ours =
        planners.stream()
            .filter(planner -> roles.get(planner) == Origin.OWN)
            .findFirst()
            .orElse(planners.get(0));
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(FRONTS);
          for (String planner : planners) {
            String role = roles.getOrDefault(planner, Origin.OWN).name().toLowerCase(Locale.ROOT);
            csv.writeRecord(
                List.of(
                    planner,
                    role,
                    Integer.toString(fronts.cells().size()),
                    Fixed.text(beaten(fronts, planner), 1),
                    percent(fronts, fronts.reached(ours, List.of(planner))),
                    percent(fronts, fronts.reached(planner, planners))));
          }
        });
  }

  private static double beaten(EnergyFronts fronts, String planner) {
    return 100
        * fronts.cells().stream()
            .flatMap(
                cell ->
                    cell.points().getOrDefault(planner, List.of()).stream()
                        .map(point -> cell.beater(point).isPresent() ? 1.0 : 0.0))
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN);
  }

  private static String percent(EnergyFronts fronts, long cells) {
    return Fixed.text(100.0 * cells / fronts.cells().size(), 1);
  }
}
