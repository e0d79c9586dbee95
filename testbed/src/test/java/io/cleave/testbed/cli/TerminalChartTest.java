package io.cleave.testbed.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.traces.Capacity;
import org.junit.jupiter.api.Test;

class TerminalChartTest {
  /** 8 Mbit/s for the first half, nothing for the second. */
  private static final Capacity HALF =
      new Capacity(new double[] {0, 50, 100}, new double[] {8e6, 0});

  @Test
  void columnsAreAsHighAsTheirMean() {
    String chart = TerminalChart.forCharset(UTF_8).draw("down", HALF);
    assertThat(chart.lines().skip(1).limit(8))
        .hasSize(8)
        .allSatisfy(
            line -> assertThat(line.substring(10)).isEqualTo("█".repeat(34) + " ".repeat(34)));
    assertThat(chart)
        .startsWith("down, Mbit/s\n    8.00 |")
        .contains("    4.00 |")
        .endsWith("100 s");
  }

  @Test
  void aPlainTerminalGetsPlainCharacters() {
    String chart = TerminalChart.forCharset(US_ASCII).draw("down", HALF);
    assertThat(chart.chars()).allMatch(c -> c < 128);
    assertThat(chart).contains("#".repeat(34));
  }
}
