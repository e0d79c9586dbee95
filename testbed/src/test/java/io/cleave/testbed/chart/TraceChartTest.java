package io.cleave.testbed.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.testbed.chart.Columns.Column;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class TraceChartTest {
  /** 36 s of 8 Mbit/s, then 36 s of nothing: a column of the terminal is a second. */
  private static final Capacity HALF =
      new Capacity(new double[] {0, 36, 72}, new double[] {8e6, 0});

  @Test
  void drawsAColumnAsHighAsItsMean() {
    List<String> lines = new BlockChart(true).lines(trace(HALF, HALF));
    assertThat(lines)
        .hasSize(11) // title, eight rows, ground, times
        .element(1)
        .isEqualTo("   8│" + "█".repeat(36));
    assertThat(lines.get(8)).isEqualTo("    │" + "█".repeat(36));
    assertThat(lines.get(9)).isEqualTo("   0└" + "─".repeat(36) + "x".repeat(36));
    assertThat(lines.get(10)).hasSize(5 + 72).endsWith("72 s");
  }

  @Test
  void drawsWithPlainLettersWhereTheTerminalHasNoBlocks() {
    String text = String.join("\n", new BlockChart(false).lines(trace(HALF, HALF)));
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
    assertThat(text).contains("   8|" + "#".repeat(36));
  }

  @Test
  void drawsBothDirectionsWhenBothWereRecorded() {
    Capacity up = new Capacity(new double[] {0, 72}, new double[] {1e6});
    assertThat(new BlockChart(true).lines(trace(up, HALF))).hasSize(23).contains("");
  }

  @Test
  void cutsARecordingIntoColumnsThatCarryItAll() {
    Capacity way = new Capacity(new double[] {0, 0.7, 10, 33.3}, new double[] {5e6, 50_000, 2.5e6});
    for (int count : new int[] {1, 7, 72, 531}) {
      Columns columns = Columns.of(way, count);
      double mbps = columns.columns().stream().mapToDouble(Column::mean).sum();
      double bits = mbps * columns.seconds() * 1e6;
      assertThat(bits).isCloseTo(way.bitsPerLap(), within(1.0));
    }
    // Three columns of 11.1 s: the slow step from 0.7 to 10 s lies in the first alone.
    assertThat(Columns.of(way, 3).columns())
        .extracting(Column::outage)
        .containsExactly(true, false, false);
  }

  @Test
  void takesOnlyASecondOrMoreForAnOutage() {
    // 0.9 s of silence is none; 0.4 s at 50 kbit/s and 0.6 s of nothing together are one.
    Capacity way =
        new Capacity(
            new double[] {0, 1, 1.9, 3, 3.4, 4, 5}, new double[] {1e6, 0, 1e6, 50_000, 0, 1e6});
    assertThat(Outage.of(way)).containsExactly(new Outage(3, 4));
    Capacity end = new Capacity(new double[] {0, 1, 3}, new double[] {1e6, 0});
    assertThat(Outage.of(end)).containsExactly(new Outage(1, 3));
  }

  @Test
  void marksAxesWithRoundNumbers() {
    assertThat(Ticks.upTo(8, 4)).isEqualTo(new Ticks(2, 4));
    assertThat(Ticks.upTo(0.37, 5)).isEqualTo(new Ticks(0.1, 4));
    assertThat(Ticks.upTo(268.2, 5)).isEqualTo(new Ticks(100, 3));
  }

  @Test
  void writesNumbersShort() {
    assertThat(ShortNumber.of(0)).isEqualTo("0");
    assertThat(ShortNumber.of(22.0167)).isEqualTo("22.02");
    assertThat(ShortNumber.of(0.000123456)).isEqualTo("0.0001235");
    assertThat(ShortNumber.of(1480495.2)).isEqualTo("1480495");
    assertThat(ShortNumber.of(300)).isEqualTo("300");
  }

  @Test
  void writesAPictureThatIsWellFormedWhateverTheNames() throws Exception {
    Trace trace = new Trace("a<b&\"c", "</svg><script>", HALF, HALF, RoundTrip.constant(0.05));
    Document svg = svg(trace);
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getDocumentElement().getTextContent()).contains("a<b&\"c", "Time, s");
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2); // paper and one outage
  }

  @Test
  void givesEveryRecordedSeriesAPanelWithUnits() throws Exception {
    Capacity up = new Capacity(new double[] {0, 72}, new double[] {1e6});
    RoundTrip rtt = RoundTrip.measured(new double[] {10, 30}, new double[] {0.05, 0.08});
    String text = svg(new Trace("n", "s", up, HALF, rtt)).getDocumentElement().getTextContent();
    assertThat(text).containsSubsequence("Down", "Capacity, Mbit/s", "Up", "Round trip, ms");
    assertThat(text.split("Time, s", -1)).hasSize(2); // below the last panel only
  }

  @Test
  void drawsMeansAndTheirRangeWhenStepsAreTooManyToTellApart() throws Exception {
    int steps = 10_000;
    double[] starts = new double[steps + 1];
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      starts[i + 1] = i + 1;
      rates[i] = i % 2 == 0 ? 1e6 : 3e6;
    }
    Capacity way = new Capacity(starts, rates);
    StringBuilder svg = new StringBuilder();
    TraceSvg.write(trace(way, way), svg);
    // 532 columns of 18.8 s
    assertThat(svg).contains("means of 18.8 s").hasSizeLessThan(60_000);
  }

  private static Document svg(Trace trace)
      throws IOException, ParserConfigurationException, SAXException {
    StringBuilder svg = new StringBuilder();
    TraceSvg.write(trace, svg);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Trace trace(Capacity up, Capacity down) {
    return new Trace("n", "s", up, down, RoundTrip.constant(0.05));
  }
}
