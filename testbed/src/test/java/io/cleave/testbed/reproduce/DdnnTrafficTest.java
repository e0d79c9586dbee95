package io.cleave.testbed.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DdnnTrafficTest {
  /** Three classes, 12 bytes; f o / 8 = 4 x 256 / 8 = 128 bytes. */
  private static final DdnnTraffic PAPER = new DdnnTraffic(3, 4, 256);

  /** The paper's table as remembered: per cent that leave locally, bytes. */
  @ParameterizedTest
  @CsvSource({
    "0,140",
    "0.58,139",
    "1.75,138",
    "2.92,136",
    "22.81,111",
    "60.82,62",
    "83.04,34",
    "100,12"
  })
  void agreesWithThePapersTable(double localPercent, double bytes) {
    assertThat(PAPER.bytes(localPercent / 100)).isCloseTo(bytes, within(0.5));
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PAPER.bytes(60.82))
        .withMessageContaining("in 0..1, not 60.82");
    assertThatIllegalArgumentException().isThrownBy(() -> PAPER.bytes(Double.NaN));
  }
}
