package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, Lumos CSV. */
class LumosReaderTest {
  private static final String HEADER =
      "downstream_bandwidth,connection_type,signal_strength,bitrate,chunk_size,app_throughput,"
          + "delivery_time,player_state,";

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void deliveryTimesAreLaidEndToEndAndTheInitSegmentIsDropped() {
    String csv =
        HEADER
            + "chunk_index\n"
            + "50M,wifi,weak,1200,15,228,0.064,steady,0\n" // 15 kB: its rate is latency-bound
            + "50M,wifi,medium,1200,1000,4000,2,buffering,1\n"
            + "50M,wifi,weak,1200,250,1000,2,buffering,2\n";
    Recording recording = written().read(csv);
    assertThat(Written.steps(recording.trace().down())).isEqualTo("0:4 2:1 |4");
    assertThat(recording.notes()).anyMatch(note -> note.contains("under 20 kB dropped"));
  }

  @Test
  void theLastColumnMayHaveTheNameOfTheReadme() {
    String csv = HEADER + "relative_chunk_index\n50M,wifi,weak,1200,1000,4000,2,buffering,1\n";
    assertThat(Written.steps(written().down(csv))).isEqualTo("0:4 |2");
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    String header = HEADER + "chunk_index\n";
    refused(header + "5M,wifi,weak,1,100,-4,2,steady,1\n", ":2 column 6: '-4' must be at least 0");
    refused(header + "5M,wifi,weak,1,100,4,-2,steady,1\n", ":2 column 7: '-2' must be at least 0");
    refused(header + "5M,wifi,weak,1,100,4\n", ":2: ", "has 6 cells under 9 columns");
    refused(header, "no row");
    refused(header + "5M,wifi,weak,1,15,4,2,steady,1\n", "no interval");
  }

  private void refused(String content, String... problems) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContainingAll(problems);
  }
}
