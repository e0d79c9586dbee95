package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class DinaReproductionTest {
  private static final Reproduction REPRODUCTION = small();

  private static Reproduction small() {
    return new DinaReproduction(List.of(Zoo.NIN.graph()), List.of(100.0), 2).run();
  }

  @Test
  void onlyTheAbstractsFiguresStandBesideOurs() {
    assertThat(REPRODUCTION.sections().stream().flatMap(section -> section.rows().stream()))
        .extracting(Comparison::paper)
        .containsOnly(2.6, 4.2);
  }

  @Test
  void equalSeedsGiveEqualTables() {
    assertThat(small()).isEqualTo(REPRODUCTION);
  }

  /** What sharing is for: machines of one kind on a fast network. */
  @Test
  void amongMachinesOfOneKindPiecesAreFasterThanCuts() {
    assertThat(notes(2)).anyMatch(note -> note.matches("neurosurgeon .* is  +[1-9]\\.\\d\\d .*"));
    assertThat(notes(2)).anyMatch(note -> note.matches("dads .* is  +[1-9]\\.\\d\\d .*"));
  }

  private List<String> notes(int section) {
    return REPRODUCTION.sections().get(section).notes();
  }
}
