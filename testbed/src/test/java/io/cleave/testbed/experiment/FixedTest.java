package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedTest {
  @ParameterizedTest
  @CsvSource({
    "0, 3, 0.000", "1.0004, 3, 1.000", "1.0006, 3, 1.001", "-0.25, 2, -0.25", "-0.001, 2, 0.00",
    "1234567.5, 0, 1234568", "0.05, 1, 0.1", "NaN, 3, NaN", "Infinity, 3, Infinity",
        "12, 5, 12.00000"
  })
  void writesAFixedCountOfDecimals(double value, int decimals, String text) {
    assertThat(Fixed.text(value, decimals)).isEqualTo(text);
  }
}
