package io.cleave.testbed.compare;

import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes compare.csv: a row for each cell. Errors are of single frames, in per cent of what was
 * measured; quantities are of the run, measured and simulated by calibrated machines.
 */
final class CompareCsv {
  private CompareCsv() {}

  static void write(Path file, List<Comparison> cells) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(header());
          cells.forEach(cell -> csv.writeRecord(row(cell)));
        });
  }

  private static List<String> header() {
    List<String> columns = new ArrayList<>(List.of("model", "trace", "planner", "seed", "frames"));
    for (Prediction prediction : Prediction.values()) {
      columns.add(prediction.id() + "_error_median_percent");
      columns.add(prediction.id() + "_error_p95_percent");
    }
    columns.add("same_plan_percent");
    columns.add("cut_distance_percent");
    columns.add("same_answer_percent");
    for (Quantity quantity : Quantity.values()) {
      columns.add("measured_" + quantity.column());
      columns.add("simulated_" + quantity.column());
      columns.add(quantity.column() + "_error_percent");
    }
    columns.add("calibration_factors");
    columns.add("arrival_offset_ms");
    return columns;
  }

  private static List<String> row(Comparison comparison) {
    List<String> row =
        new ArrayList<>(
            List.of(
                comparison.cell().network().name(),
                comparison.cell().course(),
                comparison.cell().planner().toString(),
                Long.toString(comparison.cell().seed()),
                Integer.toString(comparison.pairs().size())));
    for (Prediction prediction : Prediction.values()) {
      Sample errors = comparison.errorsPercent(prediction);
      row.add(Fixed.text(errors.percentile(0.5), 2));
      row.add(Fixed.text(errors.percentile(0.95), 2));
    }
    row.add(Fixed.text(comparison.samePlanPercent(), 2));
    row.add(Fixed.text(comparison.cutDistancePercent(), 2));
    row.add(Fixed.text(comparison.sameAnswerPercent(), 2));
    for (Quantity quantity : Quantity.values()) {
      row.add(Fixed.text(comparison.measured(quantity), quantity.decimals()));
      row.add(Fixed.text(comparison.simulated(quantity), quantity.decimals()));
      row.add(Fixed.text(comparison.errorPercent(quantity), 2));
    }
    row.add(comparison.corrections().text());
    row.add(Fixed.text(comparison.arrivalOffsetMillis(), 3));
    return row;
  }
}
