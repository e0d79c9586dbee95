package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0.04, 0.0 ms",
    "9.96, 10 ms",
    "412.4, 412 ms",
    "999.6, 1.00 s",
    "1234, 1.23 s",
    "12345, 12.3 s",
    "NaN, –",
    "Infinity, never",
    "-38, -38 ms"
  })
  void saysTimesInTheUnitThatFits(double millis, String text) {
    assertThat(Words.time(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.04, 0.0 %", "9.94, 9.9 %", "9.96, 10 %", "1007, '1,007 %'", "NaN, –"})
  void saysPercentagesWithAsManyDigitsAsMatter(double value, String text) {
    assertThat(Words.percent(value)).isEqualTo(text);
  }
}
