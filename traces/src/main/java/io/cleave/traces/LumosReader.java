package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Lumos's downloads of video chunks: no times, so the delivery times are put end to end and the
 * idle time between chunks is unknown. A rate ({@code app_throughput}, kbit/s) holds for its own
 * delivery. The first chunk is left out if it is an init segment: its rate is bound by latency.
 */
final class LumosReader {
  /** No chunk of video is as short; the init segment is its header only. */
  private static final double SHORTEST_CHUNK_SECONDS = 0.5;

  private static final String RATE = "app_throughput";
  private static final String SECONDS = "delivery_time";
  private static final String SIZE = "chunk_size";

  private LumosReader() {}

  static boolean fits(Sample sample) {
    return sample.hasColumns("bitrate", SIZE, RATE, SECONDS);
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    List<CsvRow> rows = CsvRow.read(file);
    boolean hasInit = !rows.isEmpty() && isInit(rows.get(0));
    Intervals intervals = new Intervals();
    for (CsvRow row : rows.subList(hasInit ? 1 : 0, rows.size())) {
      double seconds = row.number(SECONDS);
      if (seconds == 0) {
        throw row.bad(SECONDS, "a delivery takes more than 0 s");
      }
      intervals.until(intervals.endSeconds() + seconds, row.number(RATE) * 1e3);
    }
    return Origin.of(TraceFormat.LUMOS, file, options)
        .trace(intervals, hasInit ? "without its init segment" : "");
  }

  /** Sizes are in kbit, for the throughputs are so too: 6377 / 1.257 s = 5073 kbit/s. */
  private static boolean isInit(CsvRow chunk) {
    return chunk.number(SIZE) < SHORTEST_CHUNK_SECONDS * chunk.number("bitrate");
  }
}
