package io.cleave.traces;

import java.util.List;
import java.util.Set;

/**
 * Reads Lumos CSV: one row per video chunk with its rate in kbit/s and its delivery time in s.
 *
 * <p>There is no clock: delivery times are laid end to end, the idle time between chunks is
 * unknown. Chunks under 20 kB are headers of the video whose rate the latency sets, not the link:
 * they are dropped.
 */
final class LumosReader {
  private static final double SMALLEST_CHUNK_KILOBYTES = 20;
  private static final Set<String> COLUMNS =
      Set.of("chunk_size", "app_throughput", "delivery_time");

  private LumosReader() {}

  static boolean claims(Lines lines) {
    return CsvTable.hasColumns(lines, COLUMNS);
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    CsvTable table = CsvTable.of(files.get(0));
    int size = table.column("chunk_size");
    int rate = table.column("app_throughput");
    int time = table.column("delivery_time");
    Session session = Session.oneWay();
    int dropped = 0;
    for (Row row : table.rows()) {
      double seconds = row.atLeastZero(time, "a delivery time in s");
      double bitsPerSecond = row.rate(rate, RateUnit.KBPS);
      if (row.atLeastZero(size, "a size in kB") < SMALLEST_CHUNK_KILOBYTES) {
        dropped++;
      } else {
        session.down().lasting(seconds, bitsPerSecond);
      }
    }
    return Draft.of(
        session,
        dropped == 0
            ? List.of()
            : List.of(
                "chunks under 20 kB dropped, since latency set their rate: %d."
                    .formatted(dropped)));
  }
}
