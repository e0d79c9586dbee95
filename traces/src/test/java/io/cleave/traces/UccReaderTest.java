package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UccReaderTest {
  private static final String HEADER =
      "Timestamp,NetworkMode,DL_bitrate,UL_bitrate,State,PINGAVG,PINGMIN,PINGMAX,PINGSTDEV,PINGLOSS";

  @TempDir private Path folder;

  private static String row(String clock, String down, String up) {
    return "2020.01.16_%s,5G,%s,%s,D,-,-,-,-,-".formatted(clock, down, up);
  }

  private static String ping(String clock, String down, String average, String loss) {
    return "2020.01.16_%s,5G,%s,1,D,%s,-,-,-,%s".formatted(clock, down, average, loss);
  }

  private Trace read(String... rows) {
    return Written.read(folder, HEADER, String.join("\n", rows));
  }

  @Test
  void takesTheDownlinkOfTheSecondThatEndsForBothDirections() {
    Trace trace = read(row("12.10.03", "99", "9"), row("12.10.04", "5000", "70"));
    assertThat(trace.periodSeconds()).isEqualTo(1); // the first row has no interval
    assertThat(trace.down().rateAt(0)).isEqualTo(5e6);
    assertThat(trace.up().rateAt(0)).isEqualTo(5e6); // 70 kbit/s of acknowledgements is no capacity
  }

  @Test
  void keepsOneSecondOneSecond() {
    // Case 1: 12:10.33 three times with 189388 each, then 12:10.35 with a ping of 65 ms
    Trace trace =
        read(
            row("12.10.32", "150000", "9"),
            row("12.10.33", "189388", "9"),
            row("12.10.33", "189388", "9"),
            row("12.10.33", "189388", "9"),
            row("12.10.34", "180000", "9"),
            ping("12.10.35", "10835", "65", "0"),
            row("12.10.36", "170000", "9"));
    assertThat(trace.periodSeconds()).isEqualTo(4);
    // 189.388 + 180 + (180 + 170) / 2 + 170: the second of the ping has the mean of its neighbours
    assertThat(trace.down().bitsPerLap()).isEqualTo(714.388e6, within(1e-3));
    assertThat(TraceSummary.down(trace).minMbps()).isEqualTo(170);
    assertThat(trace.roundTrip().isMeasured()).isTrue();
    assertThat(trace.roundTrip().samples()).isEqualTo(1);
    assertThat(trace.roundTrip().at(3)).isEqualTo(0.065);
    assertThat(trace.source()).contains("2 rows of the same second merged, 1 pings");
  }

  @Test
  void distrustsTheOtherRowsOfASecondWithAPing() {
    Trace trace =
        read(
            row("12.10.03", "5000", "9"),
            row("12.10.04", "3", "9"),
            ping("12.10.04", "3", "40", "0"),
            row("12.10.05", "6000", "9"));
    assertThat(trace.down().rateAt(0.5)).isEqualTo(5.5e6); // between 5 and 6
    assertThat(trace.down().rateAt(1.5)).isEqualTo(6e6);
  }

  @Test
  void countsALostPingAsAPingWithoutARoundTrip() {
    Trace trace =
        read(
            row("12.10.03", "5000", "9"),
            ping("12.10.04", "0", "-", "100"),
            row("12.10.05", "6000", "9"));
    assertThat(trace.roundTrip().isMeasured()).isFalse();
    assertThat(TraceSummary.down(trace).zeroShare()).isZero();
  }

  @Test
  void neverTakesAMissingRateForZero() {
    Trace trace =
        read(
            row("12.10.03", "5000", "9"),
            row("12.10.04", "-", "9"),
            row("12.10.05", "", "9"),
            row("12.10.06", "7000", ""));
    assertThat(trace.down().steps()).isEqualTo(2);
    assertThat(trace.down().rateAt(1)).isEqualTo(6e6); // both unknown seconds: between 5 and 7
    assertThat(trace.down().rateAt(2.5)).isEqualTo(7e6);
  }

  @Test
  void keepsTheLengthOfARecordingThatEndsWithAPing() {
    Trace trace =
        read(
            row("12.10.03", "1", "9"),
            row("12.10.04", "5000", "9"),
            ping("12.10.06", "0", "40", "0"));
    assertThat(trace.periodSeconds()).isEqualTo(3);
    assertThat(trace.down().rateAt(2.5)).isEqualTo(5e6);
  }

  @Test
  void leavesOutARowThatGoesBackInTimeAndKeepsLongSteps() {
    Trace trace =
        read(
            row("12.10.03", "1000", "9"),
            row("12.10.06", "5000", "9"),
            row("12.10.05", "9000", "9"),
            row("12.10.08", "6000", "9"));
    assertThat(trace.periodSeconds()).isEqualTo(5);
    assertThat(trace.down().startSeconds(1)).isEqualTo(3);
    assertThat(trace.down().bitsPerLap()).isEqualTo(27e6, within(1e-3)); // 3 s x 5 + 2 s x 6
    assertThat(trace.source()).contains("1 rows back in time");
  }

  @Test
  void warnsOfARecordingThatAnApplicationLimits() {
    Trace player =
        read(
            row("12.10.03", "0", "9"),
            row("12.10.04", "0", "90"),
            row("12.10.05", "9000", "90"),
            row("12.10.06", "9000", "90")); // silent one second of three
    assertThat(TraceSummary.down(player).warnings())
        .singleElement()
        .asString()
        .contains("silent 33.3 %")
        .contains("application-limited");
    Trace download =
        read(
            row("12.10.03", "0", "9"),
            row("12.10.04", "0", "90"),
            row("12.10.07", "9000", "90")); // one of four
    assertThat(TraceSummary.down(download).warnings()).isEmpty();
  }

  @Test
  void refusesABadCellWithItsPlace() {
    Path rate =
        Written.lines(
            folder,
            "r",
            HEADER,
            row("12.10.03", "1", "1"),
            row("12.10.04", "x", "1"),
            row("12.10.05", "1", "1"));
    Written.refused(rate, 3, "DL_bitrate: 'x'");
    Path time = Written.lines(folder, "t", HEADER, row("12:10:03", "1", "1"));
    Written.refused(time, 2, "Timestamp: '2020.01.16_12:10:03'");
  }
}
