package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, UCC 5G CSV; cases, number 1. */
class UccReaderTest {
  private static final String HEADER =
      "Timestamp,Longitude,Latitude,Speed,Operatorname,CellID,NetworkMode,RSRP,RSRQ,SNR,CQI,RSSI,"
          + "DL_bitrate,UL_bitrate,State,PINGAVG,PINGMIN,PINGMAX,PINGSTDEV,PINGLOSS,CELLHEX,NODEHEX,"
          + "LACHEX,RAWCELLID,NRxRSRP,NRxRSRQ\n";

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  private static String row(String clock, String rate, String ping) {
    return "2020.01.16_%s,-8.39,51.88,1,B,11,5G,-100,-18,-,9,-,%s,3,D,%s,-,-,-,-,B,A,9,1,-,-\n"
        .formatted(clock, rate, ping);
  }

  @Test
  void aRateBelongsToTheIntervalThatEndsAtItsTime() {
    String csv =
        HEADER
            + row("12.10.00", "9", "-")
            + row("12.10.01", "4000", "-")
            + row("12.10.03", "1000", "-");
    Trace trace = written().read(csv).trace();
    assertThat(Written.steps(trace.down())).isEqualTo("0:4 1:1 |3");
    assertThat(trace.oneWay()).isTrue(); // UL_bitrate is the download's acknowledgements
  }

  @Test
  void aSecondThatAppearsThreeTimesStaysOneSecond() {
    String thrice = row("12.10.33", "189388", "-");
    String csv =
        HEADER
            + row("12.10.32", "1", "-")
            + thrice
            + thrice
            + thrice
            + row("12.10.34", "10835", "-");
    assertThat(Written.steps(written().down(csv))).isEqualTo("0:189.388 1:10.835 |2");
  }

  @Test
  void aSecondWithAPingGivesARoundTripAndNoRate() {
    // the second of the ping takes the mean of 180 and 200 Mbit/s, whichever row holds the ping
    String csv =
        HEADER
            + row("12.10.33", "1", "-")
            + row("12.10.34", "180000", "-")
            + row("12.10.35", "3", "65.0")
            + row("12.10.35", "8", "-")
            + row("12.10.36", "200000", "-");
    Trace trace = written().read(csv).trace();
    assertThat(Written.steps(trace.down())).isEqualTo("0:180 1:190 2:200 |3");
    assertThat(trace.roundTrip().isMeasured()).isTrue();
    assertThat(trace.roundTrip().samples()).isEqualTo(1);
    assertThat(trace.roundTrip().timeSeconds(0)).isEqualTo(2);
    assertThat(trace.roundTrip().seconds(0)).isEqualTo(0.065);
  }

  @Test
  void aDashIsMissingAndNotZero() {
    String csv =
        HEADER
            + row("12.10.00", "1", "-")
            + row("12.10.01", "6000", "-")
            + row("12.10.02", "-", "-")
            + row("12.10.03", "8000", "-")
            + row("12.10.04", "", "");
    assertThat(Written.steps(written().down(csv))).isEqualTo("0:6 1:7 2:8 3:8 |4");
  }

  @Test
  void stepsOfSecondsAreKeptAndALoggerThatWasOffSplits() {
    String csv =
        HEADER
            + row("12.10.00", "1", "-")
            + row("12.10.01", "6000", "-")
            + row("12.10.02", "5000", "-")
            + row("12.10.05", "4000", "-")
            + row("12.10.06", "3000", "-")
            + row("12.20.00", "7", "-")
            + row("12.20.01", "2000", "-");
    Recording recording = written().read(csv);
    assertThat(recording.sessions()).isEqualTo(2);
    assertThat(Written.steps(recording.trace().down())).isEqualTo("0:6 1:5 2:4 5:3 6:2 |7");
  }

  @Test
  void anIdleApplicationIsFlagged() {
    String idle =
        HEADER
            + row("12.10.00", "0", "-")
            + row("12.10.01", "0", "-")
            + row("12.10.02", "5000", "-");
    Recording flagged = written().read(idle);
    assertThat(flagged.applicationLimited()).isTrue(); // zero for 1 of 2 s
    assertThat(flagged.notes()).anyMatch(note -> note.contains("zero for 50 % of the time"));
    String busy =
        HEADER
            + row("12.10.00", "0", "-")
            + row("12.10.01", "1", "-")
            + row("12.10.02", "5000", "-");
    assertThat(written().read(busy).applicationLimited()).isFalse();
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    String first = HEADER + row("12.10.05", "1", "-");
    refused(first + row("12.10.04", "1", "-"), ":3 column 1: '2020.01.16_12.10.04' is earlier");
    refused(first + row("12.10.06", "N/A", "-"), ":3 column 13: 'N/A' is not a number");
    refused(first + row("12.10.06", "-7", "-"), ":3 column 13: '-7' must be at least 0");
    refused(first + row("12.10.06", "7", "slow"), ":3 column 16: 'slow' is not a number");
    refused(first + row("25.10.06", "7", "-"), ":3 column 1: ", "is not a time of the form");
    refused(first + row("12.10.05", "1", "-"), "at least two rows of different time");
    refused(first + row("12.10.06", "0", "-"), "carries nothing");
  }

  private void refused(String content, String... problems) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContainingAll(problems);
  }
}
