package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MahimahiReaderTest {
  /** Case 2a: a schedule, not rates. */
  private static final String[] CASE_2A =
      "0 0 0 0 1 1 1 1 1 2 2 3 3 3 7 7 7 7 8 8 131 131 131".split(" ", -1);

  @TempDir private Path folder;

  @Test
  void takesLinesForChancesAndNotForRates() {
    Trace trace = Written.read(folder, CASE_2A);
    assertThat(trace.periodSeconds()).isEqualTo(0.131);
    // 23 chances x 1504 B x 8 / 0.131 s = 2.1125 Mbit/s
    assertThat(TraceSummary.down(trace).meanMbps()).isEqualTo(2.11, within(0.01));
    assertThat(trace.up()).isSameAs(trace.down());
  }

  @Test
  void keepsTheSilenceWithinAPeriod() {
    Path file = Written.lines(folder, "a", CASE_2A);
    Trace trace = TraceFile.read(file, ReadOptions.defaults().withBinSeconds(0.001));
    // after ms 8 the next chance is the end of the period, counted in its last millisecond
    assertThat(TraceSummary.down(trace).longestOutageSeconds()).isEqualTo(0.122, within(1e-9));
    // 20 chances until the silence, the 21st comes in the last millisecond
    double packet = 1504 * 8;
    assertThat(trace.down().finish(0, 20 * packet)).isEqualTo(0.008, within(1e-9));
    assertThat(trace.down().finish(0, 21 * packet)).isGreaterThanOrEqualTo(0.130);
  }

  @Test
  void showsASlowStartBehindAGoodMean() {
    // Case 2b: 0 104 209 314 418 523 691, one line in 105 ms up to 110 lines, then fast.
    int[] start = {0, 104, 209, 314, 418, 523, 691};
    IntStream slow =
        IntStream.concat(
            IntStream.of(start), IntStream.rangeClosed(1, 103).map(i -> 691 + 105 * i));
    IntStream fast = IntStream.range(0, 20_000).map(i -> 691 + 105 * 103 + 1 + i / 2);
    Trace trace =
        Written.read(
            folder,
            IntStream.concat(slow, fast).mapToObj(Integer::toString).toArray(String[]::new));
    assertThat(TraceSummary.down(trace).meanMbps()).isGreaterThan(10);
    // 150,000 B are 99.7 packets; the 100th comes at about 691 + 93 x 105 ms = 10.5 s
    assertThat(trace.up().finish(0, 150_000 * 8)).isBetween(10.0, 10.7);
    // 0.115 Mbit/s: the first 10 s carry about 10 / 0.105 packets
    assertThat(trace.up().bitsUntil(10) / 10).isEqualTo(0.115e6, within(0.002e6));
  }

  @ParameterizedTest
  @CsvSource({
    "'5\n\n6\n', 2, ''", // an empty line
    "'5\n4\n', 2, '4'", // time goes backwards
    "'0\n', 1, '0'", // a period of nothing
    "'5\n# no\n', 2, '# no'",
    "'5\n6.5\n', 2, '6.5'",
    "'5\n-6\n', 2, '-6'"
  })
  void refusesWithTheLineWhatTheEmulatorRefuses(String text, long line, String value) {
    Path file = Written.file(folder, "recording", text);
    Written.refused(file, line, "column 1: '" + value + "'");
  }

  @Test
  void refusesAnEmptyFile() {
    Written.refused(Written.file(folder, "recording", ""), 1, "file: ''");
  }

  @Test
  void readsOneLineAsAConstantLink() {
    // 1504 B each ms = 12.032 Mbit/s, the "12 Mbit/s" of the manual with its 1500 B
    Trace trace = Written.read(folder, "1");
    assertThat(TraceSummary.up(trace).meanMbps()).isEqualTo(12.032, within(1e-9));
    assertThat(trace.periodSeconds()).isEqualTo(0.001);
  }

  @Test
  void keepsALeadingGap() {
    Trace trace = Written.read(folder, "637", "1000");
    assertThat(trace.periodSeconds()).isEqualTo(1);
    // bins of 100 ms: the first six are silent
    assertThat(TraceSummary.down(trace).steps()).isEqualTo(10);
    assertThat(trace.down().bitsUntil(0.6)).isZero();
    assertThat(trace.down().bitsPerLap()).isEqualTo(2 * 1504 * 8, within(1e-6));
  }

  @Test
  void givesAShortRemainderToTheLastBin() {
    // 201 ms: a third bin of 1 ms would claim 12 Mbit/s
    Trace trace = Written.read(folder, "50", "150", "201");
    assertThat(trace.down().steps()).isEqualTo(2);
    assertThat(trace.down().startSeconds(1)).isEqualTo(0.1);
    assertThat(trace.down().bitsPerSecond(1)).isEqualTo(2 * 1504 * 8 / 0.101, within(1e-6));
  }

  @Test
  void readsAPairWithOneClock() {
    Path up = Written.lines(folder, "pair.up", "0", "100", "400");
    Path down = Written.lines(folder, "pair.down", "150", "250", "300", "301");
    for (Path file : new Path[] {up, down}) {
      Trace trace = TraceFile.read(file);
      assertThat(trace.name()).isEqualTo("pair");
      assertThat(trace.periodSeconds()).isEqualTo(0.301); // the shorter of 400 and 301 ms
      assertThat(trace.up().bitsPerLap()).isEqualTo(2 * 1504 * 8, within(1e-6)); // 400 is cut
      assertThat(trace.down().bitsPerLap()).isEqualTo(4 * 1504 * 8, within(1e-6));
      assertThat(trace.up().rateAt(0.05)).isPositive();
      assertThat(trace.down().rateAt(0.05)).isZero();
    }
  }

  @Test
  void refusesAPairWhoseSharedPeriodIsSilentOneWay() {
    Path up = Written.lines(folder, "pair.up", "100");
    Path down = Written.lines(folder, "pair.down", "150");
    assertThatThrownBy(() -> TraceFile.read(up))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageStartingWith(down + ": nothing can be sent in the 0.1 s");
  }
}
