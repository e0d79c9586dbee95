package io.cleave.testbed.compare;

import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.experiment.CutView;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.world.FrameRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes compare-frames.csv: a row for each frame, so that every error can be looked into. */
final class PairsCsv {
  private PairsCsv() {}

  /**
   * @param servers names by node number minus one
   */
  static void write(Path file, List<Comparison> cells, List<String> servers) {
    CsvFile.write(
        file,
        csv -> {
          csv.writeRecord(header());
          for (Comparison cell : cells) {
            for (FramePair pair : cell.pairs()) {
              csv.writeRecord(row(cell, pair, servers));
            }
          }
        });
  }

  private static List<String> header() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "model",
                "trace",
                "planner",
                "seed",
                "frame",
                "arrival_s",
                "plan",
                "node",
                "simulated_plan",
                "simulated_node",
                "hedge_won",
                "measured_ms"));
    for (Prediction prediction : Prediction.values()) {
      columns.add(prediction.id() + "_ms");
    }
    return columns;
  }

  private static List<String> row(Comparison comparison, FramePair pair, List<String> servers) {
    FrameRecord measured = pair.measured();
    CutView own = view(comparison, measured, servers);
    CutView other = view(comparison, pair.calibrated(), servers);
    List<String> row =
        new ArrayList<>(
            List.of(
                comparison.cell().network().name(),
                comparison.cell().course(),
                comparison.cell().planner().toString(),
                Long.toString(comparison.cell().seed()),
                Long.toString(measured.frame()),
                Fixed.text(measured.arrivalSeconds(), 3),
                own.label(),
                own.node(),
                other.label(),
                other.node(),
                measured.outcome().hedgeWon() ? "1" : "0",
                Fixed.text(1e3 * measured.latencySeconds(), 3)));
    for (Prediction prediction : Prediction.values()) {
      row.add(Fixed.text(1e3 * prediction.seconds(pair), 3));
    }
    return row;
  }

  private static CutView view(Comparison comparison, FrameRecord frame, List<String> servers) {
    return CutView.of(comparison.cell().network().graph(), frame.plan(), servers);
  }
}
