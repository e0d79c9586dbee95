package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnCsvTest {
  @TempDir private Path folder;

  @Test
  void givesAValueToTheIntervalThatStartsThere() {
    Trace trace = Written.read(folder, "t_s,down_mbps,up_mbps,rtt_ms", "10,8,2,40", "12,4,1,60");
    assertThat(trace.periodSeconds()).isEqualTo(4); // the last step is as long as the one before
    assertThat(trace.down().rateAt(1)).isEqualTo(8e6);
    assertThat(trace.up().rateAt(3)).isEqualTo(1e6);
    assertThat(trace.roundTrip().at(1)).isEqualTo(0.04); // on the trace's clock, not the file's
    assertThat(trace.roundTrip().at(3)).isEqualTo(0.06);
  }

  @Test
  void usesOneDirectionForBoth() {
    Trace trace = Written.read(folder, "t_s,down_mbps", "0,8", "1,4");
    assertThat(trace.up()).isSameAs(trace.down());
    assertThat(trace.roundTrip().isMeasured()).isFalse();
  }

  @Test
  void refusesABadCellWithItsPlace() {
    String header = "t_s,down_mbps";
    Written.refused(Written.lines(folder, "a", header, "0,1", "1,-2"), 3, "down_mbps: '-2'");
    Written.refused(Written.lines(folder, "b", header, "0,1", "1,"), 3, "down_mbps: ''");
    Written.refused(Written.lines(folder, "c", header, "0,1", "1"), 3, "down_mbps: ''");
    Written.refused(Written.lines(folder, "d", header, "0,1", "0,2"), 3, "t_s: '0': time must");
    Path single = Written.lines(folder, "e", header, "0,1");
    assertThatThrownBy(() -> TraceFile.read(single)).hasMessageContaining("at least two");
  }
}
