package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LumosReaderTest {
  private static final String HEADER =
      "downstream_bandwidth,connection_type,signal_strength,bitrate,chunk_size,"
          + "app_throughput,delivery_time,player_state,chunk_index";

  @TempDir private Path folder;

  private static String row(int size, int rate, String seconds) {
    return "50M,wifi,weak,1200,%d,%d,%s,steady,0".formatted(size, rate, seconds);
  }

  @Test
  void putsDeliveriesEndToEndWithoutTheInitSegment() {
    Trace trace =
        Written.read(
            folder,
            HEADER,
            row(15, 228, "0.064"),
            row(6377, 5073, "1.25"),
            row(5144, 5947, "0.75"));
    assertThat(trace.periodSeconds()).isEqualTo(2);
    assertThat(trace.down().rateAt(0)).isEqualTo(5.073e6, within(1e-3));
    assertThat(trace.down().rateAt(1.25)).isEqualTo(5.947e6, within(1e-3));
    assertThat(trace.source()).contains("without its init segment");
  }

  @Test
  void keepsAFirstChunkThatIsNotTiny() {
    Trace trace = Written.read(folder, HEADER, row(6377, 5073, "1.25"), row(15, 228, "0.064"));
    assertThat(trace.down().steps()).isEqualTo(2);
  }

  @Test
  void refusesABadCellWithItsPlace() {
    Path zero = Written.lines(folder, "z", HEADER, row(15, 1, "1"), row(900, 1, "0"));
    Written.refused(zero, 3, "delivery_time: '0'");
    Path cut = Written.lines(folder, "c", HEADER, row(150, 1, "1"), "50M,wifi,weak");
    Written.refused(cut, 3, "delivery_time: ''");
  }
}
