package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings against figures that were computed from them by other means. */
final class RecordingsTest {
  private static final Path RECORDINGS = Path.of("..", "..", "shared", "traces");

  @TempDir private Path folder;

  @BeforeAll
  static void needRecordings() {
    boolean present = Files.isDirectory(RECORDINGS);
    String reason = "SKIPPED: RecordingsTest finds no recordings in ../shared/traces";
    if (!present) {
      System.err.println(reason);
    }
    assumeTrue(present, reason);
  }

  private static Trace read(String file) {
    return TraceFile.read(RECORDINGS.resolve(file));
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          file, seconds, n, mean, deviation, min, max, variation, outage, zero, step
          norway-3g-cooked/norway_bus_1, 155, 265, 2.91, 1.17, 0.375, 4.79, 0.40, 0.0, 0.0, 0.490
          norway-3g-cooked/norway_bus_23, 315, 242, 1.19, 0.69, 0.351, 4.82, 0.58, 0.0, 0.0, 1.080
          norway-3g-cooked/norway_car_2, 313, 205, 0.99, 0.40, 0.324, 2.29, 0.41, 0.0, 0.0, 1.390
          norway-3g-cooked/norway_ferry_20, 313, 222, 1.09, 0.79, 0.246, 4.71, 0.73, 0.0, 0.0, 1.010
          norway-3g-cooked/norway_metro_9, 316, 169, 0.80, 0.30, 0.348, 1.69, 0.38, 0.0, 0.0, 1.580
          norway-3g-cooked/norway_train_2, 128, 61, 0.68, 0.27, 0.281, 1.37, 0.39, 0.0, 0.0, 1.920
          norway-3g-cooked/norway_train_21, 293, 265, 1.41, 0.65, 0.386, 3.55, 0.46, 0.0, 0.0, 0.920
          norway-3g-cooked/norway_tram_26, 301, 119, 0.57, 0.13, 0.328, 1.01, 0.23, 0.0, 0.0, 2.530
          norway-3g-cooked/norway_tram_51, 316, 191, 0.90, 0.47, 0.235, 1.96, 0.52, 0.0, 0.0, 1.240
          norway-3g-split/norway_bus_13_part5.log, 32, 39, 1.95, 0.34, 1.357, 3.03, 0.18, 0.0, 0.0, 0.810
          norway-3g-split/norway_car_1_part2.log, 58, 44, 1.19, 1.07, 0.306, 4.12, 0.90, 0.0, 0.0, 0.780
          puffer/traceMbANl-W0AJefWavS2ymG+qFTZu7wuw9Ml7P41oPMxxc=_50, 545, 278, 1.99, 1.28, 0.013, 3.57, 0.64, 4.1, 0.0, 2.000
          puffer/tracer7bjfRll+LNGzaE+VIc49VbsHy1omhR2zch3++0XvSs=_19, 870, 441, 1.36, 0.99, 0.005, 3.27, 0.73, 9.8, 0.0, 2.000
          fcc/trace_632966_http---www.yahoo.com, 1120, 224, 2.74, 0.52, 0.001, 3.16, 0.19, 5.0, 0.0, 5.000
          fcc/trace_866_http---www.amazon.com, 1840, 368, 2.63, 1.95, 0.740, 7.69, 0.74, 0.0, 0.0, 5.000
          oboe/trace_0.txt, 176, 49, 2.63, 0.93, 1.178, 4.71, 0.35, 0.0, 0.0, 2.762
          oboe/trace_1.txt, 176, 49, 4.11, 0.68, 2.246, 5.30, 0.17, 0.0, 0.0, 3.782
          oboe/trace_131.txt, 183, 49, 3.83, 0.02, 3.794, 3.87, 0.00, 0.0, 0.0, 4.439
          oboe/trace_222.txt, 172, 49, 4.43, 0.74, 3.186, 6.49, 0.17, 0.0, 0.0, 3.612
          oboe/trace_23.txt, 176, 49, 0.49, 0.20, 0.232, 0.95, 0.41, 0.0, 0.0, 2.710
          oboe/trace_301.txt, 177, 49, 2.86, 0.97, 1.324, 4.55, 0.34, 0.0, 0.0, 2.822
          oboe/trace_377.txt, 174, 49, 4.09, 0.99, 2.786, 6.80, 0.24, 0.0, 0.0, 3.666
          oboe/trace_99.txt, 183, 49, 3.44, 0.69, 1.626, 4.19, 0.20, 0.0, 0.0, 4.241
          belgium-4g-sabre/report_bicycle_0001.json, 531, 531, 31.57, 12.56, 1.760, 59.88, 0.40, 0.0, 0.0, 1.000
          belgium-4g-sabre/report_bus_0003.json, 763, 758, 19.69, 11.15, 0.000, 64.14, 0.57, 1.0, 2.2, 1.001
          belgium-4g-sabre/report_bus_0011.json, 231, 232, 32.84, 12.21, 0.000, 63.08, 0.37, 3.0, 1.3, 1.000
          belgium-4g-sabre/report_car_0001.json, 468, 468, 35.77, 21.75, 0.000, 103.03, 0.61, 3.0, 2.4, 1.000
          belgium-4g-sabre/report_car_0007.json, 191, 192, 38.22, 11.76, 0.241, 55.43, 0.31, 0.0, 0.0, 1.000
          belgium-4g-sabre/report_foot_0004.json, 222, 223, 17.89, 5.52, 0.000, 33.23, 0.31, 0.0, 0.0, 1.000
          belgium-4g-sabre/report_train_0001.json, 506, 506, 23.09, 13.88, 0.000, 60.55, 0.60, 3.0, 2.8, 1.000
          belgium-4g-sabre/report_train_0003.json, 541, 532, 20.92, 14.71, 0.000, 71.12, 0.70, 16.0, 5.7, 1.000
          belgium-4g-sabre/report_tram_0002.json, 658, 659, 14.06, 11.49, 0.000, 61.51, 0.82, 4.0, 6.4, 1.000
          norway-3g-sabre/report.2010-09-29_1827CEST.json, 551, 535, 2.49, 1.13, 0.023, 6.15, 0.45, 5.6, 0.0, 1.008
          norway-3g-sabre/report.2010-11-10_1726CET.json, 445, 354, 1.99, 1.42, 0.001, 6.33, 0.71, 73.1, 0.0, 1.009
          norway-3g-sabre/report.2011-01-29_1125CET.json, 893, 732, 1.36, 0.84, 0.002, 4.85, 0.62, 17.1, 0.0, 1.010
          lumos-wifi-4g/200502_1600-5Mbps-wifi-weak-bbb_4s-1200Kbps.csv, 164, 79, 2.29, 2.13, 0.127, 6.39, 0.93, 0.0, 0.0, 1.096
          lumos-wifi-4g/210311_1702-50Mbps-4g-strong-bbb_2s-BBA.csv, 159, 156, 8.35, 2.78, 0.401, 18.20, 0.33, 0.0, 0.0, 0.883
          lumos-wifi-4g/210326_2132-50Mbps-wifi_2.4GHz-weak-ed_4s-BBA.csv, 215, 164, 12.10, 6.64, 0.388, 28.83, 0.55, 0.0, 0.0, 0.992
          lumos-wifi-4g/210409_1237-50Mbps-4g-weak-bbb_4s-BBA.csv, 319, 86, 2.91, 2.77, 0.029, 16.21, 0.95, 0.5, 0.0, 2.777
          lumos-wifi-4g/210412_2322-50Mbps-wifi_5GHz-strong-ed_4s-BBA.csv, 22, 86, 62.83, 11.32, 0.513, 81.11, 0.18, 0.0, 0.0, 0.249
          """)
  void hasItsFigures(
      String file,
      double seconds,
      int n,
      double mean,
      double deviation,
      double min,
      double max,
      double variation,
      double outage,
      double zero,
      double step) {
    Trace trace = read(file);
    TraceSummary summary = TraceSummary.down(trace);
    boolean pairs = file.startsWith("oboe"); // the figures leave out the gaps between chunks
    boolean chunks = file.startsWith("lumos"); // the figures count the init segment
    assertThat(summary.durationSeconds()).isEqualTo(seconds, within(chunks ? 1.05 : 0.55));
    assertThat(summary.meanMbps()).isEqualTo(mean, within(chunks ? 0.1 : pairs ? 0.015 : 0.0051));
    assertThat(summary.deviationMbps()).isEqualTo(deviation, within(chunks ? 0.25 : 0.0081));
    assertThat(summary.variation()).isEqualTo(variation, within(0.0081));
    assertThat(summary.maxMbps()).isEqualTo(max, within(0.0051));
    assertThat(summary.longestOutageSeconds()).isEqualTo(outage, within(chunks ? 0.51 : 0.051));
    assertThat(100 * summary.zeroShare()).isEqualTo(zero, within(0.051));
    if (pairs) {
      assertThat(summary.steps()).isBetween(n, 2 * n - 1);
    } else {
      assertThat(summary.medianStepSeconds()).isEqualTo(step, within(chunks ? 0.02 : 0.0051));
      assertThat(summary.steps()).isEqualTo(chunks ? n - 1 : n);
    }
    if (!chunks) {
      assertThat(summary.minMbps()).isEqualTo(min, within(0.0051));
    }
    assertThat(trace.up()).isSameAs(trace.down());
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          file, seconds, mean, deviation, max, variation, outage, lines
          ATT-LTE-driving-2016.down, 121, 4.53, 3.90, 27.72, 0.86, 0.0, 45604
          ATT-LTE-driving-2016.up, 121, 1.90, 1.69, 12.79, 0.89, 5.0, 19101
          TMobile-LTE-short.down, 140, 16.75, 9.86, 59.08, 0.59, 0.0, 194846
          TMobile-LTE-short.up, 140, 13.35, 8.03, 29.89, 0.60, 0.0, 155381
          TMobile-UMTS-driving.down, 929, 2.02, 1.59, 7.10, 0.78, 16.0, 156262
          TMobile-UMTS-driving.up, 932, 0.94, 0.44, 1.49, 0.46, 13.0, 73197
          Verizon-EVDO-driving.down, 1063, 0.52, 0.47, 3.02, 0.89, 28.0, 46065
          Verizon-EVDO-driving.up, 1065, 0.84, 0.35, 1.78, 0.42, 20.0, 74768
          Verizon-LTE-short.down, 140, 5.04, 3.20, 16.78, 0.64, 0.0, 58655
          Verizon-LTE-short.up, 140, 5.96, 3.11, 12.98, 0.52, 1.0, 69367
          """)
  void hasItsFiguresInBinsOfOneSecond(
      String file,
      double seconds,
      double mean,
      double deviation,
      double max,
      double variation,
      double outage,
      int lines)
      throws IOException {
    // alone, without its partner, so that nothing is cut
    Path alone = Files.copy(RECORDINGS.resolve("mahimahi").resolve(file), folder.resolve(file));
    Trace trace = TraceFile.read(alone, ReadOptions.defaults().withBinSeconds(1));
    TraceSummary summary = TraceSummary.down(trace);
    assertThat(trace.down().bitsPerLap()).isEqualTo(lines * 1504.0 * 8, within(1.0));
    // the figures count the last second as a whole one, the period ends within it
    assertThat(trace.periodSeconds()).isBetween(seconds - 1.01, seconds);
    assertThat(summary.meanMbps()).isEqualTo(mean, within(0.01 * mean));
    assertThat(summary.deviationMbps()).isEqualTo(deviation, within(0.02 * deviation));
    assertThat(summary.variation()).isEqualTo(variation, within(0.015));
    assertThat(summary.maxMbps()).isEqualTo(max, within(0.0051));
    // the broken last second of ATT's downlink is no outage: it lengthens the second before it
    assertThat(summary.longestOutageSeconds()).isEqualTo(outage, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "ATT-LTE-driving-2016, 1.90, 4.53",
    "TMobile-LTE-short, 13.35, 16.75",
    "TMobile-UMTS-driving, 0.94, 2.02",
    "Verizon-EVDO-driving, 0.84, 0.52",
    "Verizon-LTE-short, 5.96, 5.04"
  })
  void readsAPairFromEitherOfItsFiles(String stem, double up, double down) {
    Trace trace = read("mahimahi/" + stem + ".down");
    Trace same = read("mahimahi/" + stem + ".up");
    assertThat(trace.name()).isEqualTo(stem);
    assertThat(trace.up().periodSeconds()).isEqualTo(trace.down().periodSeconds());
    assertThat(trace.up().meanBitsPerSecond() / 1e6).isEqualTo(up, within(0.01 * up));
    assertThat(trace.down().meanBitsPerSecond() / 1e6).isEqualTo(down, within(0.01 * down));
    assertThat(same.up().bitsPerLap()).isEqualTo(trace.up().bitsPerLap());
    assertThat(same.down().bitsPerLap()).isEqualTo(trace.down().bitsPerLap());
  }

  @Test
  void cutsAPairToItsShorterPeriod() {
    // down 928,424 ms, up 931,233 ms: on two clocks they would drift apart 2.8 s a lap
    assertThat(read("mahimahi/TMobile-UMTS-driving.up").periodSeconds()).isEqualTo(928.424);
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          file, seconds, n, mean, variation, zero, pings
          Amazon_Prime__Driving__Season3-TheExpanse__B_2019.12.01_12.11.21, 696, 621, 0.85, 3.34, 34.5, 0
          Download__Driving__B_2019.12.16_12.27.05, 1351, 1180, 27.11, 1.81, 2.2, 93
          Download__Driving__B_2020.01.16_12.10.03, 386, 339, 133.54, 0.73, 2.6, 28
          Download__Driving__B_2020.02.14_09.38.22, 1718, 1452, 35.31, 1.85, 1.0, 123
          Download__Driving__B_2020.02.27_20.35.57, 849, 733, 27.62, 1.85, 1.4, 58
          Download__Static__B_2020.02.14_13.21.26, 1102, 938, 132.61, 0.61, 1.3, 80
          Netflix__Driving__animated-RickandMorty__B_2019.11.21_10.20.17, 266, 248, 1.45, 2.66, 66.5, 0
          """)
  void readsCorkWithoutItsPingSeconds(
      String file, double seconds, int n, double mean, double variation, double zero, int pings) {
    Trace trace = read("ucc-5g/" + file + ".csv");
    TraceSummary down = TraceSummary.down(trace);
    assertThat(down.durationSeconds()).isEqualTo(seconds);
    assertThat(down.steps()).isEqualTo(n);
    assertThat(down.meanMbps()).isEqualTo(mean, within(0.0051));
    assertThat(down.variation()).isEqualTo(variation, within(0.0051));
    assertThat(100 * down.zeroShare()).isEqualTo(zero, within(0.051));
    assertThat(trace.roundTrip().isMeasured()).isEqualTo(pings > 0);
    assertThat(trace.roundTrip().samples()).isEqualTo(Math.max(1, pings));
    // a player's log is flagged, a download is not
    assertThat(down.warnings()).hasSize(file.startsWith("Download") ? 0 : 1);
  }

  @Test
  void showsNoOutageWhereTheLoggerPinged() throws IOException {
    // Case 1
    Path file = RECORDINGS.resolve("ucc-5g/Download__Driving__B_2020.01.16_12.10.03.csv");
    Trace trace = TraceFile.read(file);
    assertThat(trace.periodSeconds()).isEqualTo(386);
    assertThat(trace.roundTrip().samples()).isEqualTo(28);
    int pings = 0;
    for (CsvRow row : CsvRow.read(file)) {
      if (!row.isMissing("PINGAVG")) {
        pings++;
        String clock = row.text("Timestamp").substring(11); // 12.10.03 is the start
        double seconds =
            3600 * (Integer.parseInt(clock.substring(0, 2)) - 12)
                + 60 * (Integer.parseInt(clock.substring(3, 5)) - 10)
                + (Integer.parseInt(clock.substring(6, 8)) - 3);
        assertThat(trace.down().rateAt(seconds - 0.5)).as(clock).isGreaterThan(0.1e6);
      }
    }
    assertThat(pings).isEqualTo(28);
  }

  @Test
  void readsAStarlinkSessionWithItsNearestPing() {
    Trace trace = read("starlink-road/iperf.csv");
    assertThat(trace.source()).contains("session 1 of 1174");
    assertThat(trace.periodSeconds()).isEqualTo(15);
    assertThat(trace.roundTrip().isMeasured()).isTrue();
    assertThat(trace.roundTrip().at(0)).isEqualTo(0.065853); // 2 s after the session
    assertThat(trace.down().rateAt(0)).isEqualTo(101.856e6);
    assertThat(trace.up().rateAt(0)).isEqualTo(7.448e6);
  }
}
