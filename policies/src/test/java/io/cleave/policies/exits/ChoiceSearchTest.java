package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoiceSearchTest {
  /** 5 sets of three early exits with 27^3 thresholds each are half of the bound. */
  @Test
  void fewExitsAreSearchedAsFinelyAsIsAsked() {
    assertThat(ChoiceSearch.bounded(5, 3, 12)).isEqualTo(12);
    assertThat(ChoiceSearch.bounded(5, 3, 27)).isEqualTo(27);
  }

  /**
   * 210 sets of three, 120 of two, 45 of one: 163,225 choices with 9 thresholds, 222,460 with 10.
   */
  @Test
  void manyExitsAreSearchedWithinTheBound() {
    assertThat(ChoiceSearch.bounded(10, 3, 12)).isEqualTo(9);
  }

  @Test
  void oneThresholdIsTheLeast() {
    assertThat(ChoiceSearch.bounded(30, 20, 100)).isEqualTo(1);
  }
}
