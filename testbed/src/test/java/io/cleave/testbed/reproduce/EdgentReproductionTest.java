package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgentReproductionTest {
  private final Reproduction reproduction = new EdgentReproduction(Optional.empty()).run();

  /** What the method promises: more bandwidth or time never costs depth. */
  @Test
  void neverLeavesEarlierForMoreBandwidthOrTime() {
    assertThat(reproduction.sections().stream().flatMap(section -> section.notes().stream()))
        .filteredOn(note -> note.startsWith("Steps to a faster link"))
        .hasSize(2)
        .allMatch(note -> note.endsWith("shallower: 0."));
  }

  @Test
  void saysThatAccuraciesAreNotKnownAndQuotesNoFigureOfThePaper() {
    assertThat(reproduction.setting()).contains("Accuracies of the exits are not known");
    assertThat(reproduction.sections()).allMatch(section -> section.rows().isEmpty());
    StringWriter text = new StringWriter();
    reproduction.print(new PrintWriter(text));
    assertThat(text.toString()).contains("edge only, last exit").doesNotContain("ratio");
  }
}
