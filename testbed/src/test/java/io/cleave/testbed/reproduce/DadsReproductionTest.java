package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.testbed.reproduce.Reproduction.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DadsReproductionTest {
  private final Reproduction reproduction = new DadsReproduction().run();

  @Test
  void meetsTheTwoFiguresThatItWasFittedTo() {
    Section sweep = reproduction.sections().get(0);
    assertThat(sweep.rows())
        .filteredOn(row -> row.what().endsWith("*"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.ratio()).isCloseTo(1, within(1e-3)));
  }

  /** A prediction, not a fit: the paper's 4.14 at 1.1 Mbit/s. */
  @Test
  void predictsTheLatencySpeedUpOn3gWithinTenPerCent() {
    assertThat(reproduction.sections().get(0).rows())
        .filteredOn(row -> row.what().equals("3G 1.1 Mbit/s: latency"))
        .singleElement()
        .satisfies(row -> assertThat(row.ratio()).isCloseTo(1, within(0.1)));
  }

  @Test
  void printsPaperOursAndRatio() {
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    assertThat(text.toString()).contains("paper", "ours", "ratio", "CAT1 0.13 Mbit/s");
  }
}
