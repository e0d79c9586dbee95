package io.cleave.testbed.experiment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much later than on the device alone a planner's worst frame was: what splitting risks. Reads
 * frames.csv row by row and keeps the local latencies of one model and trace at a time.
 */
final class BeyondLocal {
  private static final String LOCAL = "local";

  private final Map<String, Double> worst = new HashMap<>(); // looked up, never walked
  private final Map<String, Double> local = new HashMap<>(); // by seed and frame, likewise
  private String course = "";

  private BeyondLocal() {}

  /**
   * Reads the frames of a run. Planners that come before {@code local} in it are not known.
   *
   * @param frames frames.csv
   */
  static BeyondLocal of(Path frames) {
    BeyondLocal beyond = new BeyondLocal();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(frames)) {
      csv.forEach(beyond::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return beyond;
  }

  /** Milliseconds, negative if every frame was earlier; NaN if there is nothing to compare with. */
  double millis(String planner) {
    return worst.getOrDefault(planner, Double.NaN);
  }

  private void add(NamedCsvRecord row) {
    String here = row.getField("model") + "\n" + row.getField("trace");
    if (!here.equals(course)) {
      course = here;
      local.clear();
    }
    String frame = row.getField("seed") + "\n" + row.getField("frame");
    double latency = Double.parseDouble(row.getField("latency_ms"));
    String planner = row.getField("planner");
    if (planner.equals(LOCAL)) {
      local.put(frame, latency);
    }
    Optional.ofNullable(local.get(frame))
        .ifPresent(alone -> worst.merge(planner, latency - alone, Math::max));
  }
}
