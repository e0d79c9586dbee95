package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, Starlink; section 4, rules 6 and 8. */
class StarlinkReaderTest {
  private static final String HEADER =
      "timestamp_start,timestamp_end,server,ip_protocol,transport_protocol,download,upload,"
          + "priority,average_speed,download_mbps,upload_mbps\n";
  private static final String PING_HEADER =
      "timestamp_start,timestamp_end,target,ip_protocol,packet_loss,packets_send,ping_avg,"
          + "ping_worst,ping_best,ping_stddev,average_speed\n";

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  private static String row(String start, String end, String down, String up) {
    return "2024-01-11 %s,2024-01-11 %s,131.1.2.3,v4,UDP,%s,%s,1,,x,x\n"
        .formatted(start, end, down, up);
  }

  private static String ping(String end, String average) {
    return "2024-01-11 00:00:00,2024-01-11 %s,131.1.2.3,v4,0.4,250,%s,106,46,8,0\n"
        .formatted(end, average);
  }

  /** Two sessions of two seconds, 40 s apart. */
  private static String twoSessions() {
    return HEADER
        + row("10:00:00", "10:00:01", "100000000", "7000000")
        + row("10:00:01", "10:00:02", "200000000", "8000000")
        + row("10:00:42", "10:00:43", "300000000", "9000000")
        + row("10:00:43", "10:00:44", "400000000", "5000000");
  }

  @Test
  void bothDirectionsAreReadInBitsPerSecondAndSplitAtGaps() {
    Recording recording = written().read(twoSessions());
    assertThat(recording.sessions()).isEqualTo(2);
    assertThat(Written.steps(recording.trace().down())).isEqualTo("0:100 1:200 2:300 3:400 |4");
    assertThat(Written.steps(recording.trace().up())).isEqualTo("0:7 1:8 2:9 3:5 |4");
  }

  @Test
  void oneSessionCanBeChosen() {
    Recording second = written().read(twoSessions(), ReadingOptions.DEFAULT.withSession(2));
    assertThat(Written.steps(second.trace().down())).isEqualTo("0:300 1:400 |2");
    assertThatThrownBy(() -> written().read(twoSessions(), ReadingOptions.DEFAULT.withSession(3)))
        .hasMessageContaining("has sessions 1 to 2, not 3");
  }

  @Test
  void anEmptyCellIsMissingAndTheRateBeforeItGoesOn() {
    String csv =
        HEADER
            + row("10:00:00", "10:00:01", "", "7000000")
            + row("10:00:01", "10:00:02", "200000000", "8000000")
            + row("10:00:02", "10:00:03", "100000000", "");
    Trace trace = written().read(csv).trace();
    assertThat(Written.steps(trace.down())).isEqualTo("0:200 1:200 2:100 |3");
    assertThat(Written.steps(trace.up())).isEqualTo("0:7 1:8 2:8 |3");
  }

  @Test
  void aSessionThatNeverMeasuredOneDirectionIsDropped() {
    String csv =
        twoSessions()
            + row("10:01:42", "10:01:43", "300000000", "")
            + row("10:01:43", "10:01:44", "400000000", "");
    Recording recording = written().read(csv);
    assertThat(recording.sessions()).isEqualTo(2);
    assertThat(recording.notes()).anyMatch(note -> note.contains("1 sessions with one direction"));
  }

  @Test
  void aRowOfFourteenSecondsOrAWholeDayIsNotTrusted() {
    String csv =
        HEADER
            + row("10:00:00", "10:00:01", "100000000", "7000000")
            + row("10:00:02", "10:00:16", "0", "0")
            + row("10:00:48", "10:00:49", "200000000", "8000000")
            + row("10:00:49", "23:59:59", "0", "0")
            + row("10:00:50", "10:00:51", "300000000", "8000000");
    Recording recording = written().read(csv);
    assertThat(Written.steps(recording.trace().down()))
        .isEqualTo("0:100 1:200 3:300 |4"); // the second without a row goes to the one before it
    assertThat(recording.sessions()).isEqualTo(2);
  }

  @Test
  void roundTripsComeFromThePingFileInEitherOrder() {
    Path iperf = written().file("iperf.csv", twoSessions());
    Path ping =
        written()
            .file(
                "ping.csv",
                PING_HEADER
                    + ping("09:59:30", "50.0")
                    + ping("10:00:30", "60.0")
                    + ping("10:00:43", "70.0"));
    for (List<Path> files : List.of(List.of(iperf, ping), List.of(ping, iperf))) {
      RoundTrip rtt = TraceFile.read("s", files, ReadingOptions.DEFAULT).trace().roundTrip();
      assertThat(rtt.isMeasured()).isTrue();
      assertThat(rtt.at(1)).isEqualTo(0.05, within(1e-12)); // session 1: the last one before it
      assertThat(rtt.at(2)).isEqualTo(0.06, within(1e-12)); // session 2 begins at 2 s
      assertThat(rtt.at(3)).isEqualTo(0.07, within(1e-12)); // taken one second into it
    }
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    String first = HEADER + row("10:00:01", "10:00:02", "1", "1");
    refused(first + row("10:00:00", "10:00:01", "1", "1"), ":3 column 1: ", "is earlier");
    refused(first + row("10:00:03", "10:00:02", "1", "1"), ":3 column 2: ", "is earlier");
    refused(first + row("10:00:02", "10:00:03", "-1", "1"), ":3 column 6: '-1' must be at least 0");
    refused(
        first + row("10:00:02", "10:00:03", "1", "fast"), ":3 column 7: 'fast' is not a number");
    refused(PING_HEADER + ping("10:00:00", "50"), "needs one iperf CSV");
    refused(HEADER + row("10:00:00", "10:00:01", "1", ""), "no interval");
  }

  private void refused(String content, String... problems) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContainingAll(problems);
  }
}
