package io.cleave.testbed.report;

import io.cleave.policies.catalog.PlannerEntry.Origin;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rows of overall.csv.
 *
 * @param rows in the experiment's order
 */
record Overall(List<CsvTable.Row> rows) {
  static Overall read(Path file) {
    return new Overall(CsvTable.read(file));
  }

  /** In how many cells the best cut changes. */
  int cells() {
    return rows.isEmpty() ? 0 : (int) rows.get(0).number("cells");
  }

  /** The first planner of a role. */
  Optional<CsvTable.Row> first(Origin role) {
    return rows.stream().filter(row -> is(row, role)).findFirst();
  }

  /** The planner of a role with the lowest figure; on a tie the first. */
  Optional<CsvTable.Row> lowest(Origin role, String column) {
    return rows.stream()
        .filter(row -> is(row, role))
        .min(Comparator.comparingDouble(row -> row.number(column)));
  }

  /** The planner of a role with the highest figure; on a tie the first. */
  Optional<CsvTable.Row> highest(Origin role, String column) {
    return rows.stream()
        .filter(row -> is(row, role))
        .min(Comparator.comparingDouble(row -> -row.number(column)));
  }

  /** What a planner is, as overall.csv says it. */
  static String role(Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT);
  }

  static boolean is(CsvTable.Row row, Origin origin) {
    return row.text("role").equals(role(origin));
  }
}
