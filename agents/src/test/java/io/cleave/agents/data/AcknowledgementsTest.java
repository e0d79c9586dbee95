package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final long MILLI = 1_000_000;

  private final Acknowledgements told = new Acknowledgements(1 << 20, 0);

  @Test
  void tellsTheFirstBytesAtOnce() {
    assertThat(told.due(0, 0)).isFalse();
    assertThat(told.due(1, 0)).isTrue();
    assertThat(told.due(2, 0)).isFalse();
  }

  @Test
  void tellsAtEachStepOfBytesOnAFastLink() {
    told.due(1, 0);
    assertThat(told.due(16_384, MILLI)).isFalse();
    assertThat(told.due(16_385, MILLI)).isTrue();
    assertThat(told.due(20_000, MILLI)).isFalse();
    assertThat(told.due(32_769, MILLI)).isTrue();
  }

  @Test
  void tellsAtEachStepOfTimeOnASlowLink() {
    told.due(1, 0);
    assertThat(told.due(100, 19 * MILLI)).isFalse();
    assertThat(told.due(200, 20 * MILLI)).isTrue();
    assertThat(told.due(300, 39 * MILLI)).isFalse();
    assertThat(told.due(400, 40 * MILLI)).isTrue();
    assertThat(told.due(400, 90 * MILLI)).isFalse();
  }

  @Test
  void alwaysTellsTheEnd() {
    told.due(1, 0);
    assertThat(told.due((1 << 20) - 1, 1)).isTrue();
    assertThat(told.due(1 << 20, 2)).isTrue();
  }
}
