package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TraceFormatTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "OWN_CSV, 't_s,down_mbps\n0,1\n1,2'",
    "UCC_5G, 'Timestamp,Longitude,DL_bitrate,UL_bitrate,State,PINGAVG\n'",
    "LUMOS, 'bitrate,chunk_size,app_throughput,delivery_time\n'",
    "STARLINK, 'timestamp_start,timestamp_end,server,download,upload\n'",
    "SABRE, '\n [ {\n'",
    "MAHIMAHI, '0\n0\n7\n'",
    "GHENT, '1453121790686 5 51.03 3.71 9 0999'",
    "NORWAY, '1289406399 549 59.85 10.78 9 549'",
    "OBOE, '7.0 4646.6\n320.0 4646.6\n408.0 4696.7\n673.0 4696.7'",
    "COOKED, '0.0\t4.03\n0.549\t4.79'"
  })
  void isToldFromTheContent(TraceFormat format, String text) {
    // a name that lies: others keep a log's name when they change its columns
    Path file = Written.file(folder, "report_bus_0001.log", text);
    assertThat(TraceFormat.sniff(file)).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "'0 4.0\n5 4.0\n10 3.0\n15 3.0'", // begins at 0
    "'5 4.0\n10 3.0\n15 3.0\n20 4.0'", // pairs differ
    "'0.5 4.0\n1.5 4.0'", // no whole milliseconds
    "'7 4.0'"
  })
  void doesNotTakeTwoColumnsForPairsTooEasily(String text) {
    assertThat(TraceFormat.sniff(Written.file(folder, "x", text))).isEqualTo(TraceFormat.COOKED);
  }

  @ParameterizedTest
  @EnumSource
  void hasAnIdThatLeadsBackToIt(TraceFormat format) {
    assertThat(TraceFormat.byId(format.id())).isEqualTo(format);
    assertThat(format.unit()).isNotBlank();
  }

  @Test
  void namesTheNearestForAnUnknownId() {
    assertThatThrownBy(() -> TraceFormat.byId("mahi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mahi'. Maybe mahimahi?");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Written.refused(
        Written.lines(folder, "p", "timestamp_start,ping_avg"), 1, "format: 'timestamp");
    Written.refused(Written.lines(folder, "c", "1 2 3", "4 5 6"), 1, "format: '1 2 3'");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> TraceFile.read(none)).hasMessage(none + ": there is no such file.");
  }

  @Test
  void refusesCompanionFilesThatAreNotText() throws IOException {
    byte[] bytes = new byte[211];
    bytes[0] = 'M';
    Path file = Files.write(folder.resolve("._Download.csv"), bytes);
    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("this is not text");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'1', ' ', (byte) 0xE4});
    assertThatThrownBy(() -> TraceFile.read(latin)).hasMessageContaining("this is not text");
  }

  @Test
  void obeysAForcedFormatAndOtherOptions() {
    Path file = Written.lines(folder, "pairs", "5 4000", "1005 4000", "1105 2000", "2105 2000");
    ReadOptions options =
        ReadOptions.defaults()
            .withFormat(TraceFormat.COOKED)
            .withUnit(RateUnit.KBPS)
            .withName("mine")
            .withRttSeconds(0.2);
    Trace trace = TraceFile.read(file, options);
    assertThat(trace.name()).isEqualTo("mine");
    assertThat(trace.periodSeconds()).isEqualTo(2100);
    assertThat(trace.roundTrip().at(0)).isEqualTo(0.2);
  }

  @Test
  void refusesAUnitWhereTheFormatStatesIt() {
    Path file = Written.lines(folder, "m", "0", "5");
    ReadOptions options = ReadOptions.defaults().withUnit(RateUnit.KBPS);
    assertThatThrownBy(() -> TraceFile.read(file, options))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("mahimahi states its own unit (packets)");
  }

  @Test
  void namesATraceAfterItsFile() {
    Path file = Written.lines(folder, "report.2010-09-29_1827CEST.json.csv", "0 1", "1 1");
    assertThat(TraceFile.read(file).name()).isEqualTo("report.2010-09-29_1827CEST.json");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> ReadOptions.defaults().withRttSeconds(Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> ReadOptions.defaults().withBinSeconds(0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> ReadOptions.defaults().withSession(0)).hasMessageContaining("not 0");
  }
}
