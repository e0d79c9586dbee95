package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CookedReaderTest {
  @TempDir private Path folder;

  @Test
  void givesAValueToTheIntervalThatEndsThere() {
    Trace trace = Written.read(folder, "0.0\t99", "0.5\t4", "2.0\t1");
    // 99 has no interval; 4 Mbit/s until 0.5 s, 1 Mbit/s until 2 s, steps uneven
    assertThat(trace.down().steps()).isEqualTo(2);
    assertThat(trace.down().rateAt(0.4)).isEqualTo(4e6);
    assertThat(trace.down().rateAt(0.6)).isEqualTo(1e6);
    assertThat(trace.down().bitsPerLap()).isEqualTo(3.5e6); // 0.5 x 4 + 1.5 x 1
    assertThat(trace.up()).isSameAs(trace.down());
    assertThat(trace.roundTrip().isMeasured()).isFalse();
    assertThat(trace.roundTrip().at(0)).isEqualTo(0.05);
  }

  @Test
  void beginsAtZeroWhateverPartOfALogItIs() {
    // a part of a log that begins at 55.63 s has no silent minute before it
    Trace trace = Written.read(folder, "55.63\t3.38", "56.14\t3.37", "56.63\t3.22");
    assertThat(trace.periodSeconds()).isEqualTo(1.0, within(1e-9));
    assertThat(trace.down().rateAt(0)).isEqualTo(3.37e6, within(1e-3));
  }

  @Test
  void mergesRowsOfOneTime() {
    Trace trace = Written.read(folder, "0 1", "1 2", "1 7", "2 3");
    assertThat(trace.down().steps()).isEqualTo(2);
    assertThat(trace.down().bitsPerLap()).isEqualTo(5e6); // 2 + 3: the row of 7 has no interval
  }

  @Test
  void keepsZeroRatesAndLongGaps() {
    Trace trace = Written.read(folder, "0 1", "1 0", "273 2", "274 0");
    assertThat(TraceSummary.down(trace).longestOutageSeconds()).isEqualTo(1);
    assertThat(trace.down().rateAt(200)).isEqualTo(2e6);
    assertThat(trace.periodSeconds()).isEqualTo(274);
  }

  @Test
  void refusesNegativeAndBrokenCellsWithTheirPlace() {
    Path negative = Written.lines(folder, "n", "0 1", "1 -0.5");
    Written.refused(negative, 2, "column 2: '-0.5'");
    Path time = Written.lines(folder, "t", "-1 1", "1 2");
    Written.refused(time, 1, "column 1: '-1'");
    Path word = Written.lines(folder, "w", "0 1", "", "1 fast");
    Written.refused(word, 3, "column 2: 'fast'"); // the empty line is counted
    Path notANumber = Written.lines(folder, "x", "0 1", "1 NaN");
    Written.refused(notANumber, 2, "column 2: 'NaN'");
    Path back = Written.lines(folder, "b", "0 1", "2 1", "1 1");
    Written.refused(back, 3, "column 1: '1': time goes backwards");
    Path three = Written.lines(folder, "c", "0 1", "2 1 5");
    Written.refused(three, 2, "columns: '2 1 5'");
    Path single = Written.lines(folder, "s", "0 1");
    assertThatThrownBy(() -> TraceFile.read(single)).hasMessageContaining("no interval");
    Path silent = Written.lines(folder, "z", "0 1", "1 0");
    assertThatThrownBy(() -> TraceFile.read(silent)).hasMessageContaining("never end");
  }

  @Test
  void warnsOfAUnitThatIsWrongByAThousand() {
    // Case 3: the manual says kbit/s, the figures are Mbit/s
    Path file = Written.lines(folder, "unit", "0.0 3.17", "0.5 3.05", "1.0 3.17");
    Trace slow = TraceFile.read(file, ReadOptions.defaults().withUnit(RateUnit.KBPS));
    Trace right = TraceFile.read(file, ReadOptions.defaults().withUnit(RateUnit.MBPS));
    // (3.05 + 3.17) / 2 = 3.11, as kbit/s 0.00311 Mbit/s
    assertThat(TraceSummary.down(slow).warnings())
        .singleElement()
        .asString()
        .contains("0.00311000 Mbit/s")
        .contains("wrong by 1000");
    assertThat(TraceSummary.down(right).warnings()).isEmpty();
    assertThat(TraceSummary.down(right).meanMbps()).isEqualTo(3.11, within(1e-9));
    // the other way round: 15 Mbit/s in kbit/s taken for Mbit/s
    Path fast = Written.lines(folder, "fast", "0.0 15000", "0.5 15000", "1.0 15001");
    assertThat(TraceSummary.down(TraceFile.read(fast)).warnings()).hasSize(1);
  }
}
