package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real recordings, which lie beside the checkout and never in it. The expected figures were taken
 * from them by another program.
 */
class RecordingsTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().resolve("../../shared/traces").normalize();

  private static Path recording(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(
        Files.exists(file) || Files.exists(Path.of(file + ".up")),
        () -> "SKIPPED: the recording " + name + " is not beside the checkout in " + FOLDER);
    return file;
  }

  private static Recording read(String... names) {
    List<Path> files = Arrays.stream(names).map(RecordingsTest::recording).toList();
    return TraceFile.read("r", files, ReadingOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "norway-3g-cooked/norway_bus_1,155,265,2.91,1.17,0.375,4.79,0",
    "norway-3g-cooked/norway_bus_23,315,242,1.19,0.69,0.351,4.82,0",
    "norway-3g-cooked/norway_car_2,313,205,0.99,0.40,0.324,2.29,0",
    "norway-3g-cooked/norway_ferry_20,313,222,1.09,0.79,0.246,4.71,0",
    "norway-3g-cooked/norway_metro_9,316,169,0.80,0.30,0.348,1.69,0",
    "norway-3g-cooked/norway_train_2,128,61,0.68,0.27,0.281,1.37,0",
    "norway-3g-cooked/norway_train_21,293,265,1.41,0.65,0.386,3.55,0",
    "norway-3g-cooked/norway_tram_26,301,119,0.57,0.13,0.328,1.01,0",
    "norway-3g-cooked/norway_tram_51,316,191,0.90,0.47,0.235,1.96,0",
    "norway-3g-split/norway_bus_13_part5.log,32,39,1.95,0.34,1.357,3.03,0",
    "norway-3g-split/norway_car_1_part2.log,58,44,1.19,1.07,0.306,4.12,0",
    "puffer/traceMbANl-W0AJefWavS2ymG+qFTZu7wuw9Ml7P41oPMxxc=_50,545,278,1.99,1.28,0.013,3.57,4.1",
    "puffer/tracer7bjfRll+LNGzaE+VIc49VbsHy1omhR2zch3++0XvSs=_19,870,441,1.36,0.99,0.005,3.27,9.8",
    "fcc/trace_632966_http---www.yahoo.com,1120,224,2.74,0.52,0.001,3.16,5",
    "fcc/trace_866_http---www.amazon.com,1840,368,2.63,1.95,0.740,7.69,0",
    "oboe/trace_0.txt,176,49,2.63,0.93,1.178,4.71,0",
    "oboe/trace_1.txt,176,49,4.11,0.68,2.246,5.30,0",
    "oboe/trace_131.txt,183,49,3.83,0.02,3.794,3.87,0",
    "oboe/trace_222.txt,172,49,4.43,0.74,3.186,6.49,0",
    "oboe/trace_23.txt,176,49,0.49,0.20,0.232,0.95,0",
    "oboe/trace_301.txt,177,49,2.86,0.97,1.324,4.55,0",
    "oboe/trace_377.txt,174,49,4.09,0.99,2.786,6.80,0",
    "oboe/trace_99.txt,183,49,3.44,0.69,1.626,4.19,0",
    "belgium-4g-sabre/report_bicycle_0001.json,531,531,31.57,12.56,1.760,59.88,0",
    "belgium-4g-sabre/report_bus_0003.json,763,758,19.69,11.15,0.000,64.14,1",
    "belgium-4g-sabre/report_bus_0011.json,231,232,32.84,12.21,0.000,63.08,3",
    "belgium-4g-sabre/report_car_0001.json,468,468,35.77,21.75,0.000,103.03,3",
    "belgium-4g-sabre/report_car_0007.json,191,192,38.22,11.76,0.241,55.43,0",
    "belgium-4g-sabre/report_foot_0004.json,222,223,17.89,5.52,0.000,33.23,0",
    "belgium-4g-sabre/report_train_0001.json,506,506,23.09,13.88,0.000,60.55,3",
    "belgium-4g-sabre/report_train_0003.json,541,532,20.92,14.71,0.000,71.12,16",
    "belgium-4g-sabre/report_tram_0002.json,658,659,14.06,11.49,0.000,61.51,4",
    "norway-3g-sabre/report.2010-09-29_1827CEST.json,551,535,2.49,1.13,0.023,6.15,5.6",
    "norway-3g-sabre/report.2010-11-10_1726CET.json,445,354,1.99,1.42,0.001,6.33,73.1",
    "norway-3g-sabre/report.2011-01-29_1125CET.json,893,732,1.36,0.84,0.002,4.85,17.1",
    "ucc-5g/Amazon_Prime__Driving__Season3-TheExpanse__B_2019.12.01_12.11.21.csv,696,621,0.85,"
        + "2.83,0,42.74,33",
    "ucc-5g/Netflix__Driving__animated-RickandMorty__B_2019.11.21_10.20.17.csv,266,248,1.45,"
        + "3.86,0,20.93,45"
  })
  void figuresAreThoseOfTheRecording(
      String name,
      double seconds,
      int steps,
      double mean,
      double deviation,
      double min,
      double max,
      double outage) {
    Capacity down = read(name).trace().down();
    CapacityFigures figures = CapacityFigures.of(down);
    assertThat(down.periodSeconds()).isCloseTo(seconds, within(0.51));
    assertThat(figures.steps()).isEqualTo(steps);
    // Oboe: the gaps of 0.3 s between chunks go to the chunk before, which moves the mean by 0.007
    assertThat(figures.meanMbps()).isCloseTo(mean, within(name.startsWith("oboe") ? 0.01 : 0.0051));
    assertThat(figures.deviationMbps()).isCloseTo(deviation, within(0.011));
    assertThat(figures.minMbps()).isCloseTo(min, within(0.0006));
    assertThat(figures.maxMbps()).isCloseTo(max, within(0.0051));
    assertThat(figures.longestOutageSeconds()).isCloseTo(outage, within(0.06));
  }

  /** Over bins of 1 s, whose number is the published duration; mean over that many seconds. */
  @ParameterizedTest
  @CsvSource({
    "ATT-LTE-driving-2016.down,121,4.53,45604",
    "ATT-LTE-driving-2016.up,121,1.90,19101",
    "TMobile-LTE-short.down,140,16.75,194846",
    "TMobile-LTE-short.up,140,13.35,155381",
    "TMobile-UMTS-driving.down,929,2.02,156262",
    "TMobile-UMTS-driving.up,932,0.94,73197",
    "Verizon-EVDO-driving.down,1063,0.52,46065",
    "Verizon-EVDO-driving.up,1065,0.84,74768",
    "Verizon-LTE-short.down,140,5.04,58655",
    "Verizon-LTE-short.up,140,5.96,69367"
  })
  void mahimahiFiguresAreThoseOfTheRecording(String name, int bins, double mean, int lines) {
    Capacity down = read("mahimahi/" + name).trace().down();
    assertThat(down.bitsPerLap()).isCloseTo(lines * 12_032.0, within(1e-2));
    assertThat(down.pooled(1).steps()).isEqualTo(bins);
    assertThat(down.bitsPerLap() / bins / 1e6).isCloseTo(mean, within(0.0051));
  }

  @Test
  void mahimahiPairRunsOnTheShorterPeriod() {
    Trace trace = read("mahimahi/TMobile-UMTS-driving").trace();
    assertThat(trace.periodSeconds()).isEqualTo(928.424);
    assertThat(trace.down().pooled(1).steps()).isEqualTo(929);
    // the longest outages of both directions in bins of 1 s, none added at the end
    assertThat(CapacityFigures.of(trace.down().pooled(1)).longestOutageSeconds())
        .isCloseTo(16, within(1e-6));
    assertThat(CapacityFigures.of(trace.up().pooled(1)).longestOutageSeconds())
        .isCloseTo(13, within(1e-6));
  }

  /**
   * With the first chunk, a header of 15 kB, the published n is one more where it is under 20 kB.
   */
  @ParameterizedTest
  @CsvSource({
    "200502_1600-5Mbps-wifi-weak-bbb_4s-1200Kbps.csv,164,78,2.29",
    "210311_1702-50Mbps-4g-strong-bbb_2s-BBA.csv,159,156,8.35",
    "210326_2132-50Mbps-wifi_2.4GHz-weak-ed_4s-BBA.csv,215,163,12.10",
    "210409_1237-50Mbps-4g-weak-bbb_4s-BBA.csv,319,85,2.91",
    "210412_2322-50Mbps-wifi_5GHz-strong-ed_4s-BBA.csv,22,85,62.83"
  })
  void lumosFiguresAreThoseOfTheRecording(String name, double seconds, int steps, double mean) {
    Capacity down = read("lumos-wifi-4g/" + name).trace().down();
    assertThat(down.periodSeconds()).isCloseTo(seconds, within(1.0));
    assertThat(down.steps()).isEqualTo(steps);
    assertThat(down.meanBitsPerSecond() / 1e6).isCloseTo(mean, within(0.002 * mean + 0.005));
  }

  /**
   * Published mean with ping seconds; then ours, in which they take the mean of their neighbours.
   */
  @ParameterizedTest
  @CsvSource({
    "Download__Driving__B_2019.12.16_12.27.05.csv,1351,1180,26.17,27.103,93",
    "Download__Driving__B_2020.01.16_12.10.03.csv,386,339,128.33,133.537,28",
    "Download__Driving__B_2020.02.14_09.38.22.csv,1718,1452,34.02,35.309,123",
    "Download__Driving__B_2020.02.27_20.35.57.csv,849,733,27.19,27.619,58",
    "Download__Static__B_2020.02.14_13.21.26.csv,1102,938,127.62,132.609,80"
  })
  void uccFiguresAreThoseOfTheRecordingButForItsPings(
      String name, double seconds, int steps, double withPings, double mean, int pings) {
    Recording recording = read("ucc-5g/" + name);
    Capacity down = recording.trace().down();
    assertThat(down.periodSeconds()).isEqualTo(seconds);
    assertThat(down.steps()).isEqualTo(steps);
    assertThat(down.meanBitsPerSecond() / 1e6).isCloseTo(mean, within(0.0006));
    assertThat(down.meanBitsPerSecond() / 1e6).isBetween(withPings, withPings * 1.05);
    assertThat(recording.trace().roundTrip().samples()).isEqualTo(pings);
    assertThat(recording.applicationLimited()).isFalse();
  }

  @Test
  void case1PingSecondsAreNoOutages() {
    Trace trace = read("ucc-5g/Download__Driving__B_2020.01.16_12.10.03.csv").trace();
    assertThat(trace.periodSeconds()).isEqualTo(386);
    RoundTrip rtt = trace.roundTrip();
    assertThat(rtt.samples()).isEqualTo(28);
    Capacity down = trace.down();
    for (int i = 0; i < rtt.samples(); i++) {
      int step = down.stepAt(rtt.timeSeconds(i) - 0.5);
      boolean outage = down.bitsPerSecond(step) < 1e5;
      boolean alone =
          (step == 0 || down.bitsPerSecond(step - 1) >= 1e5)
              && (step == down.steps() - 1 || down.bitsPerSecond(step + 1) >= 1e5);
      assertThat(outage && alone).as("ping at %s s", rtt.timeSeconds(i)).isFalse();
    }
  }

  @Test
  void case1StreamingLogsAreFlagged() {
    assertThat(
            read("ucc-5g/Netflix__Driving__animated-RickandMorty__B_2019.11.21_10.20.17.csv")
                .applicationLimited())
        .isTrue();
    assertThat(
            read("ucc-5g/Amazon_Prime__Driving__Season3-TheExpanse__B_2019.12.01_12.11.21.csv")
                .applicationLimited())
        .isTrue();
  }

  @Test
  void starlinkRowsAreThoseOfTheRecording() {
    List<StarlinkReader.Measured> rows =
        StarlinkReader.rows(Lines.of(recording("starlink-road/iperf.csv")));
    double[] down =
        rows.stream().mapToDouble(StarlinkReader.Measured::down).filter(v -> v >= 0).toArray();
    double[] up =
        rows.stream().mapToDouble(StarlinkReader.Measured::up).filter(v -> v >= 0).toArray();
    assertThat(rows).hasSize(17_478);
    assertThat(down).hasSize(17_365);
    assertThat(up).hasSize(16_484);
    assertThat(Arrays.stream(down).average().orElseThrow() / 1e6).isCloseTo(268.21, within(0.005));
    assertThat(Arrays.stream(up).average().orElseThrow() / 1e6).isCloseTo(18.10, within(0.005));
  }

  @Test
  void starlinkSessionsLastFifteenSeconds() {
    Recording recording = read("starlink-road/iperf.csv", "starlink-road/ping.csv");
    // 1,174 stretches between gaps, of which 75 hold one direction only
    assertThat(recording.sessions()).isEqualTo(1099);
    assertThat(recording.trace().roundTrip().meanSeconds()).isCloseTo(0.0591, within(0.002));
    Recording one =
        TraceFile.read(
            "r",
            List.of(recording("starlink-road/iperf.csv")),
            ReadingOptions.DEFAULT.withSession(1));
    assertThat(one.trace().periodSeconds()).isEqualTo(15);
    assertThat(one.trace().down().rateAt(0.5)).isEqualTo(101_856_000);
  }
}
