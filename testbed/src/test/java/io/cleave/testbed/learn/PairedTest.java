package io.cleave.testbed.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PairedTest {
  /** What all cells have in common takes no part in the interval. */
  @Test
  void differencesAreTakenCellByCell() {
    double[] others = {1, 100, 10};
    double[] values = {1.5, 100.5, 10.5};
    Paired paired = Paired.of(values, others);
    assertThat(paired.mean()).isCloseTo(100 * 0.5 / 37, within(1e-9));
    assertThat(paired.halfWidth()).isCloseTo(0, within(1e-9));
  }

  @Test
  void theIntervalIsThatOfTheMeanOfDifferences() {
    Paired paired = Paired.of(new double[] {2, 1, 3, 2}, new double[] {1, 1, 1, 1});
    assertThat(paired.mean()).isCloseTo(100, within(1e-9));
    double deviation = Math.sqrt(2.0 / 3) * 100; // of 100, 0, 200 and 100
    assertThat(paired.halfWidth()).isCloseTo(1.96 * deviation / 2, within(1e-9));
    assertThat(paired).hasToString("+100.00 ± 80.02");
  }
}
