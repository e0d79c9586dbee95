package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OboeReaderTest {
  @TempDir private Path folder;

  @Test
  void readsTwoLinesAsOneChunkInKilobits() {
    Trace trace = Written.read(folder, "7.0 4000", "1007.0 4000", "1107.0 2000", "2107.0 2000");
    assertThat(trace.source()).contains("read as oboe");
    assertThat(trace.periodSeconds()).isEqualTo(2.1, within(1e-9)); // begins at 0, not at 7 ms
    assertThat(trace.down().rateAt(0.5)).isEqualTo(4e6);
    assertThat(trace.down().rateAt(1.5)).isEqualTo(2e6);
    // the gap of 100 ms: a straight line from 4 to 2 carries as much as 3 Mbit/s
    assertThat(trace.down().rateAt(1.05)).isEqualTo(3e6);
    assertThat(trace.down().bitsPerLap()).isEqualTo(6.3e6, within(1e-3));
  }

  @Test
  void readsChunksWithoutAGap() {
    Trace trace = Written.read(folder, "5 4000", "1005 4000", "1005 2000", "2005 2000");
    assertThat(trace.down().steps()).isEqualTo(2);
  }

  @Test
  void takesAnotherUnitIfTold() {
    Path file = Written.lines(folder, "mega", "5 4", "1005 4");
    Trace trace = TraceFile.read(file, ReadOptions.defaults().withUnit(RateUnit.MBPS));
    assertThat(TraceSummary.down(trace).meanMbps()).isEqualTo(4, within(1e-9));
  }

  @Test
  void refusesWhatIsNoPair() {
    Path odd = Written.lines(folder, "odd", "5 4000", "1005 4000", "1105 3000");
    Written.refused(odd, 3, "column 1: '1105': the second line of this pair is missing");
    Path back = Written.lines(folder, "back", "5 40", "1005 40", "905 30", "2005 30");
    Written.refused(back, 3, "column 1: '905': time goes backwards");
    // beyond the lines that a format is told from
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(5 + 10 * i).append(" 40\n");
    }
    Path mixed = Written.file(folder, "mixed", text + "5000 40\n5010 41\n");
    Written.refused(mixed, 202, "column 2: '41': both lines of a pair");
  }
}
