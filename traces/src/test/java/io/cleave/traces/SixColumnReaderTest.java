package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SixColumnReaderTest {
  @TempDir private Path folder;

  @Test
  void readsGhentFromBytesAndPaddedMilliseconds() {
    Trace trace =
        Written.read(
            folder,
            "1453121790686 0999 51.03 3.71 1248750 0999",
            "1453121791687 2000 51.03 3.71 2502500 1001");
    assertThat(trace.source()).contains("read as ghent");
    // 8 x 1,248,750 / 999 ms = 10 Mbit/s until 0.999 s; 8 x 2,502,500 / 1001 ms = 20 until 2 s
    assertThat(trace.periodSeconds()).isEqualTo(2);
    assertThat(trace.down().rateAt(0.5)).isEqualTo(10e6, within(1e-3));
    assertThat(trace.down().rateAt(0.9995)).isEqualTo(20e6, within(1e-3));
  }

  @Test
  void readsNorwayWhoseEpochIsInSeconds() {
    Trace trace =
        Written.read(
            folder,
            "1289406399 549 59.85 10.78 137250 549",
            "1289406400 549 59.85 10.78 0 0",
            "1289406401 2549 59.85 10.78 0 2000");
    assertThat(trace.source()).contains("read as norway");
    // the second row has no interval, the third is an outage; 8 x 137,250 / 549 ms = 2 Mbit/s
    assertThat(trace.down().steps()).isEqualTo(2);
    assertThat(trace.down().rateAt(0)).isEqualTo(2e6, within(1e-3));
    assertThat(TraceSummary.down(trace).longestOutageSeconds()).isEqualTo(2, within(1e-9));
  }

  @Test
  void refusesWhatCannotBe() {
    Path bytes = Written.lines(folder, "b", "1289406399 549 59.8 10.7 137250 0");
    Written.refused(bytes, 1, "column 6: '0': bytes cannot arrive within 0 ms");
    Path back =
        Written.lines(
            folder, "t", "1289406399 549 59.8 10.7 1 549", "1289406399 500 59.8 10.7 1 1");
    Written.refused(back, 2, "column 2: '500': time goes backwards");
    Path mixed =
        Written.lines(
            folder, "m", "1289406399 549 59.8 10.7 1 549", "1453121790686 600 59.8 10.7 1 1");
    Written.refused(mixed, 2, "column 1: '1453121790686': norway has an epoch time in s");
  }

  @Test
  void takesNegativeLongitudesForWhatTheyAre() {
    Trace trace = Written.read(folder, "1289406399 549 -59.8 -10.7 137250 549");
    assertThat(trace.periodSeconds()).isEqualTo(0.549);
  }
}
