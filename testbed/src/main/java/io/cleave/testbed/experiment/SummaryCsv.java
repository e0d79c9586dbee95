package io.cleave.testbed.experiment;

import io.cleave.testbed.experiment.Results.Compared;
import io.cleave.testbed.experiment.Results.Course;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes summary.csv: a row for each model, trace and planner with every measure's mean over the
 * seeds and, beside it, its sample standard deviation over the seeds (NaN for a single seed).
 */
final class SummaryCsv {
  private SummaryCsv() {}

  static void write(Path file, Results results) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(header());
          for (Course course : results.courses()) {
            for (String planner : results.planners()) {
              csv.writeRecord(row(course, planner, results.seeds(course, planner)));
            }
          }
        });
  }

  private static List<String> header() {
    List<String> columns = new ArrayList<>(List.of("model", "trace", "planner", "seeds", "frames"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.column());
      columns.add(measure.column() + "_sd");
    }
    return columns;
  }

  private static List<String> row(Course course, String planner, List<Compared> seeds) {
    List<String> cells =
        new ArrayList<>(
            List.of(course.model(), course.trace(), planner, Integer.toString(seeds.size())));
    cells.add(Long.toString(seeds.stream().mapToLong(cell -> cell.own().frames()).sum()));
    for (Measure measure : Measure.values()) {
      Sample sample = Compared.sample(seeds, measure);
      cells.add(measure.text(sample.mean()));
      cells.add(measure.text(sample.deviation()));
    }
    return cells;
  }
}
