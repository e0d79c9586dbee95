package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases 2 and 3 from the field; case 1 needs its recording and is in {@link RecordingsTest}. */
class HardCasesTest {
  private static final String SCHEDULE =
      "0 0 0 0 1 1 1 1 1 2 2 3 3 3 7 7 7 7 8 8 131 131 131".replace(' ', '\n') + "\n";

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void case2aScheduleIsPacketsAndNotRates() {
    // 23 x 1504 B x 8 / 131 ms = 2.1125 Mbit/s
    Capacity capacity = written().down(SCHEDULE);
    assertThat(capacity.meanBitsPerSecond() / 1e6).isCloseTo(2.11, within(0.01));
    assertThat(capacity.periodSeconds()).isEqualTo(0.131);
    assertThat(capacity.bitsPerLap()).isCloseTo(23 * 12_032, within(1e-3));
    assertThat(capacity.finish(0, 46 * 12_032 - 1e-3)).isCloseTo(0.262, within(1e-6)); // wraps
  }

  @Test
  void case2aSilenceLasts123Milliseconds() {
    ReadingOptions fine = ReadingOptions.DEFAULT.withBinMillis(1);
    Capacity capacity = written().read(SCHEDULE, fine).trace().down();
    double twentieth = capacity.finish(0, 20 * 12_032 - 1e-3);
    double last = capacity.finish(0, 23 * 12_032 - 1e-3);
    assertThat(last - twentieth).isCloseTo(0.123, within(1e-6));
    assertThat(capacity.bitsUntil(0.130) - capacity.bitsUntil(0.008)).isCloseTo(0, within(1e-6));
  }

  @Test
  void case2bSlowStartIsSeenThoughTheMeanIsFine() {
    // 0 104 209 314 418 523 691 ..., 110 lines at 105 ms each, then 20,000 packets at 1 ms each
    String slow = "0\n104\n209\n314\n418\n523\n691\n";
    String slower = lines(IntStream.rangeClosed(1, 103).map(i -> 691 + 105 * i));
    String fast = lines(IntStream.rangeClosed(1, 20_000).map(i -> 691 + 105 * 103 + i));
    Capacity capacity = written().down(slow + slower + fast);
    assertThat(capacity.meanBitsPerSecond() / 1e6).isGreaterThan(5);
    // 105 ms a packet are 12,032 / 0.105 = 0.115 Mbit/s
    double firstTenSeconds = capacity.bitsUntil(10) / 10 / 1e6;
    assertThat(firstTenSeconds).isCloseTo(0.115, within(0.002));
    assertThat(capacity.finish(0, 150_000 * 8)).isGreaterThanOrEqualTo(10).isLessThan(11);
  }

  @Test
  void case2cToEAreRefusedWithTheirLine() {
    assertThatThrownBy(() -> written().read("1\n\n2\n")).hasMessageContaining("recording:2");
    assertThatThrownBy(() -> written().read("5\n4\n")).hasMessageContaining("recording:2");
    assertThatThrownBy(() -> written().read("0\n")).hasMessageContaining("recording:1");
  }

  @Test
  void case3AUnitSlipIsDoubtedAndTheRightUnitIsNot() {
    String rows = "0.0 3.17\n0.5 3.05\n1.0 3.17\n";
    Capacity right = written().down(rows);
    assertThat(CapacityFigures.of(right).unitDoubt()).isEmpty();
    ReadingOptions slip = ReadingOptions.DEFAULT.withUnit(RateUnit.KBPS);
    Capacity wrong = written().read(rows, slip).trace().down();
    assertThat(CapacityFigures.of(wrong).unitDoubt())
        .hasValueSatisfying(doubt -> assertThat(doubt).contains("off by 1000"));
  }

  private static String lines(IntStream times) {
    return times.mapToObj(time -> time + "\n").collect(Collectors.joining());
  }
}
