package io.cleave.testbed.codecs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What eight bits cost a network cut by cut, as a CSV file for people and for drawings. */
public final class EightBitTable {
  private EightBitTable() {}

  /** A row for each cut; what nobody knows is NaN. */
  public static void write(CsvWriter csv, List<EightBitStudy.Row> rows) {
    csv.writeRecord(
        "cut",
        "crossing_bytes",
        "storage_bytes",
        "float_storage_bytes",
        "speed_factor",
        "right_percent",
        "loss_points");
    for (EightBitStudy.Row row : rows) {
      EightBits known = row.known();
      csv.writeRecord(
          row.cut().name(),
          String.valueOf(row.cut().size().bytes()),
          String.valueOf(known.storageBytes()),
          String.valueOf(row.floatBytes()),
          text(known.speedFactor(), 4),
          text(100 * row.right(), 2),
          text(Double.isNaN(row.right()) ? Double.NaN : 100 * known.accuracyLoss(), 2));
    }
  }

  private static String text(double value, int digits) {
    return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /**
   * The network with what a file says of it.
   *
   * @throws UserError if it cannot be read, or names a tensor that the network has not
   */
  public static DnnGraph noted(DnnGraph graph, Path file) {
    Map<String, EightBits> known = new HashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        double points = Double.parseDouble(row.getField("loss_points"));
        known.put(
            row.getField("cut"),
            new EightBits(
                Double.parseDouble(row.getField("speed_factor")),
                Long.parseLong(row.getField("storage_bytes")),
                Double.isNaN(points) ? Double.POSITIVE_INFINITY : points / 100));
      }
    } catch (IOException | IllegalArgumentException error) { // fields or numbers that are none
      throw new UserError(
          "%s cannot be used: %s. Maybe make it again: ./cleave model quantised"
              .formatted(file, error.getMessage()));
    }
    for (String cut : known.keySet()) {
      if (graph.tensors().stream().noneMatch(tensor -> tensor.name().equals(cut))) {
        throw new UserError(
            "%s names the tensor '%s', which %s has not.".formatted(file, cut, graph.name()));
      }
    }
    return graph.with(
        tensor -> {
          EightBits of = known.get(tensor.name());
          return of == null ? tensor : tensor.with(of);
        });
  }
}
