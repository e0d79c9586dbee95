package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.testbed.experiment.Results.Compared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes overall.csv: a row for each planner over all cells (model x trace x seed) in which the
 * oracle's cut changes at least once, for where one cut is always best there is nothing to plan.
 *
 * <p>Each figure is the mean over the cells of the cell's figure. The share of the gap is that
 * between the published method with the lowest mean latency and the oracle: 0 is as that method,
 * 100 as the oracle, NaN where there is no gap or no published method.
 */
final class OverallCsv {
  private OverallCsv() {}

  /**
   * @param roles of all planners
   * @param beyond over all cells, for a promise holds everywhere
   */
  static void write(Path file, Results results, Map<String, Origin> roles, BeyondLocal beyond) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(header());
          double bestPublished = best(results, roles, Origin.PUBLISHED);
          double bound = best(results, roles, Origin.CLAIRVOYANT);
          for (String planner : results.planners()) {
            List<Compared> cells = results.changing(planner);
            double mean = mean(cells, Measure.MEAN);
            double gap = bestPublished - bound;
            double closed = gap > 0 ? 100 * (bestPublished - mean) / gap : Double.NaN;
            List<String> row = row(planner, roles.getOrDefault(planner, Origin.OWN), cells);
            row.add(Fixed.text(closed, 2));
            row.add(Fixed.text(beyond.millis(planner), 3));
            csv.writeRecord(row);
          }
        });
  }

  private static List<String> header() {
    List<String> columns = new ArrayList<>(List.of("planner", "role", "cells", "frames"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.column());
    }
    columns.add("gap_closed_percent");
    columns.add("worst_beyond_local_ms");
    return columns;
  }

  private static List<String> row(String planner, Origin role, List<Compared> cells) {
    List<String> row = new ArrayList<>(List.of(planner, role.name().toLowerCase(Locale.ROOT)));
    row.add(Integer.toString(cells.size()));
    row.add(Long.toString(cells.stream().mapToLong(cell -> cell.own().frames()).sum()));
    for (Measure measure : Measure.values()) {
      row.add(measure.text(mean(cells, measure)));
    }
    return row;
  }

  /** The lowest mean latency of the planners in a role; NaN if there are none. */
  private static double best(Results results, Map<String, Origin> roles, Origin role) {
    return results.planners().stream()
        .filter(planner -> roles.get(planner) == role)
        .mapToDouble(planner -> mean(results.changing(planner), Measure.MEAN))
        .min()
        .orElse(Double.NaN);
  }

  private static double mean(List<Compared> cells, Measure measure) {
    return Compared.sample(cells, measure).mean();
  }
}
