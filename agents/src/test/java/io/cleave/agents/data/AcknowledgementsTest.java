package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final long MILLI = 1_000_000;

  @Test
  void tellsAtEachStepOfBytesOnAFastLink() {
    Acknowledgements told = new Acknowledgements(1 << 20, 0);
    assertThat(told.due(16_383, MILLI)).isFalse();
    assertThat(told.due(16_384, MILLI)).isTrue();
    assertThat(told.due(20_000, MILLI)).isFalse();
    assertThat(told.due(32_768, MILLI)).isTrue();
  }

  @Test
  void tellsAtEachStepOfTimeOnASlowLink() {
    Acknowledgements told = new Acknowledgements(1 << 20, 0);
    assertThat(told.due(100, 19 * MILLI)).isFalse();
    assertThat(told.due(200, 20 * MILLI)).isTrue();
    assertThat(told.due(300, 39 * MILLI)).isFalse();
    assertThat(told.due(400, 40 * MILLI)).isTrue();
    assertThat(told.due(400, 90 * MILLI)).isFalse();
  }

  @Test
  void alwaysTellsTheEnd() {
    Acknowledgements told = new Acknowledgements(100, 0);
    assertThat(told.due(99, 1)).isFalse();
    assertThat(told.due(100, 2)).isTrue();
  }
}
