package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TransferMeterTest {
  private final RateEstimator estimator = new RateEstimator();
  private final TransferMeter meter = new TransferMeter(estimator);

  @Test
  void measuresAWholeTransfer() {
    meter.start(5, 0);
    meter.end(1e6, 5.1);

    assertThat(estimator.bitsPerSecond()).isCloseTo(10e6, within(1.0));
  }

  @Test
  void progressThatDoesNotComeLowersTheEstimate() {
    meter.start(0, 0);
    meter.progress(1e6, 0.1);
    double before = estimator.bitsPerSecond();
    for (int i = 2; i <= 12; i++) {
      meter.progress(1e6, 0.1 * i);
    }

    assertThat(before).isCloseTo(10e6, within(1.0));
    assertThat(estimator.bitsPerSecond()).isLessThan(1e6);
  }

  @Test
  void aSlowLinkIsNotTakenForAnOutage() {
    meter.start(0, 0);
    for (int i = 1; i <= 100; i++) {
      meter.progress(50e3 * 0.02 * i, 0.02 * i); // 50 kbit/s looked at every 20 ms
    }

    assertThat(estimator.bitsPerSecond()).isCloseTo(50e3, within(1.0));
    assertThat(estimator.rejected()).isZero();
  }

  @Test
  void judgesThePromiseByTheWholeTransfer() {
    for (int i = 0; i < 128; i++) {
      meter.start(i, 20e6);
      meter.progress(2e6, i + 0.1); // at first as promised
      meter.end(2e6, i + 0.4); // then nothing: 2 Mbit in 0.4 s is 5 Mbit/s, a quarter
    }

    assertThat(estimator.error().ratios())
        .allSatisfy(ratio -> assertThat(ratio).isCloseTo(0.25, within(1e-9)));
  }

  @Test
  void aTransferCancelledAtOnceSaysNothing() {
    meter.start(1, 20e6);
    meter.end(0, 1);

    assertThat(estimator.known()).isFalse();
    assertThat(estimator.rejected()).isZero();
  }
}
