package io.cleave.testbed.experiment;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.plan.Bounds;
import io.cleave.testbed.experiment.CellFigures.Kept;
import io.cleave.testbed.experiment.Results.Course;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Writes what came of the bounds that plans were held to: bounds.csv, a row for each model, trace
 * and planner, means over the seeds.
 */
final class BoundsCsv {
  private static final List<String> HEADER =
      List.of(
          "model",
          "trace",
          "planner",
          "latency_bound_ms",
          "late_percent",
          "foretold_late_percent",
          "loss_bound_points",
          "lost_points",
          "power_bound_w",
          "mean_power_w");

  private BoundsCsv() {}

  static void write(Path file, Bounds bounds, Results results) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(HEADER);
          for (Course course : results.courses()) {
            results.planners().forEach(planner -> write(csv, bounds, results, course, planner));
          }
        });
  }

  private static void write(
      CsvWriter csv, Bounds bounds, Results results, Course course, String planner) {
    List<Kept> seeds =
        results.seeds(course, planner).stream().map(cell -> cell.own().kept()).toList();
    csv.writeRecord(
        course.model(),
        course.trace(),
        planner,
        Fixed.text(1e3 * bounds.seconds(), 3),
        Fixed.text(100 * mean(seeds, Kept::late), 3),
        Fixed.text(100 * mean(seeds, Kept::foretoldLate), 3),
        Fixed.text(bounds.lossPoints(), 3),
        Fixed.text(mean(seeds, Kept::lostPoints), 3),
        Fixed.text(bounds.watts(), 4),
        Fixed.text(mean(seeds, Kept::watts), 4));
  }

  private static double mean(List<Kept> seeds, ToDoubleFunction<Kept> figure) {
    return seeds.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
