package io.cleave.testbed.report;

import io.cleave.testbed.experiment.Role;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
  Optional<CsvTable.Row> first(Role role) {
    return rows.stream().filter(row -> row.text("role").equals(role.id())).findFirst();
  }

  /** The planner of a role with the lowest figure; on a tie the first. */
  Optional<CsvTable.Row> lowest(Role role, String column) {
    return rows.stream()
        .filter(row -> row.text("role").equals(role.id()))
        .min(Comparator.comparingDouble(row -> row.number(column)));
  }
}
