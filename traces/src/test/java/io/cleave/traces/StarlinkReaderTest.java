package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StarlinkReaderTest {
  private static final String HEADER = "timestamp_start,timestamp_end,server,download,upload";
  private static final String PINGS = "timestamp_start,timestamp_end,target,packet_loss,ping_avg";

  @TempDir private Path folder;
  private Path file = Path.of("");

  private static String row(String from, String to, String down, String up) {
    return "2024-01-11 10:%s,2024-01-11 10:%s,x,%s,%s".formatted(from, to, down, up);
  }

  @BeforeEach
  void write() {
    file =
        Written.lines(
            folder,
            "iperf.csv",
            HEADER,
            row("00:00", "00:01", "100000000", "7000000"), // session 1: two seconds
            row("00:01", "00:02", "120000000", "8000000"),
            row("05:00", "05:01", "", "5000000"), // session 2: three, with holes
            row("05:01", "05:02", "200000000", ""),
            row("05:05", "05:06", "300000000", "6000000"), // 3 s later: a hole, not a gap
            row("05:06", "05:20", "0", ""), // a bad interval of 14 s
            row("05:20", "05:21", "400000000", "9000000"), // session 3
            row("09:00", "09:09", "", "")); // another bad one
  }

  @Test
  void readsTheLongestSession() {
    Trace trace = TraceFile.read(file);
    assertThat(trace.source()).contains("session 2 of 3");
    assertThat(trace.periodSeconds()).isEqualTo(6);
  }

  @Test
  void takesEmptyCellsForUnknownAndNeverForZero() {
    Trace trace = TraceFile.read(file);
    assertThat(trace.down().rateAt(0)).isEqualTo(200e6); // the first known
    assertThat(trace.up().rateAt(1.5)).isEqualTo(5e6); // the last known
    assertThat(trace.down().rateAt(5.5)).isEqualTo(300e6);
    assertThat(TraceSummary.down(trace).zeroShare()).isZero();
  }

  @Test
  void readsASessionByItsNumber() {
    Trace first = TraceFile.read(file, ReadOptions.defaults().withSession(1));
    assertThat(first.periodSeconds()).isEqualTo(2);
    assertThat(TraceSummary.down(first).meanMbps()).isEqualTo(110, within(1e-9));
    assertThat(TraceSummary.up(first).meanMbps()).isEqualTo(7.5, within(1e-9));
    ReadOptions fourth = ReadOptions.defaults().withSession(4);
    assertThatThrownBy(() -> TraceFile.read(file, fourth))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("no session 4; they count from 1 to 3");
  }

  @Test
  void takesPingsDuringASessionAsItsRoundTrips() {
    Written.lines(
        folder,
        "ping.csv",
        PINGS,
        row("04:58", "05:00", "0", "40"),
        row("05:01", "05:03", "0", "50"),
        row("05:03", "05:04", "100", ""), // all lost
        row("05:04", "05:30", "0", "60"));
    RoundTrip roundTrip = TraceFile.read(file).roundTrip();
    assertThat(roundTrip.isMeasured()).isTrue();
    assertThat(roundTrip.at(3)).isEqualTo(0.05);
    assertThat(roundTrip.at(4)).isEqualTo(0.06);
  }

  @Test
  void takesTheNearestPingOtherwiseAndNoneFromFarAway() {
    Written.lines(
        folder,
        "ping.csv",
        PINGS,
        row("03:00", "03:25", "0", "40"), // 95 s before
        row("05:08", "05:33", "0", "70")); // 2 s after
    RoundTrip roundTrip = TraceFile.read(file).roundTrip();
    assertThat(roundTrip.samples()).isEqualTo(1);
    assertThat(roundTrip.at(0)).isEqualTo(0.07);
    Written.lines(folder, "ping.csv", PINGS, row("30:00", "30:25", "0", "40"));
    assertThat(TraceFile.read(file).roundTrip().isMeasured()).isFalse();
  }

  @Test
  void refusesABadCellWithItsPlace() {
    Path back =
        Written.lines(
            folder, "b", HEADER, row("00:05", "00:06", "1", "1"), row("00:03", "00:04", "1", "1"));
    Written.refused(back, 3, "timestamp_start: '2024-01-11 10:00:03': time goes backwards");
    Path empty = Written.lines(folder, "e", HEADER, row("00:05", "00:05", "1", "1"));
    Written.refused(empty, 2, "timestamp_end:");
    Path rate = Written.lines(folder, "r", HEADER, row("00:05", "00:06", "-1", "1"));
    Written.refused(rate, 2, "download: '-1'");
    Path blind = Written.lines(folder, "n", HEADER, row("00:05", "00:06", "5", ""));
    assertThatThrownBy(() -> TraceFile.read(blind)).hasMessageContaining("knows both directions");
  }
}
