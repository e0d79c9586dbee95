package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CapacityFiguresTest {
  @Test
  void weighsByTime() {
    // 1 s at 4 Mbit/s and 3 s at 0: mean 1, variance (9 + 3 x 1) / 4 = 3
    CapacityFigures figures =
        CapacityFigures.of(new Capacity(new double[] {0, 1, 2, 4}, new double[] {4e6, 0, 0}));
    assertThat(figures.meanMbps()).isEqualTo(1);
    assertThat(figures.deviationMbps()).isCloseTo(Math.sqrt(3), within(1e-12));
    assertThat(figures.variation()).isCloseTo(Math.sqrt(3), within(1e-12));
    assertThat(figures.minMbps()).isZero();
    assertThat(figures.maxMbps()).isEqualTo(4);
    assertThat(figures.zeroShare()).isEqualTo(0.75);
    assertThat(figures.longestOutageSeconds()).isEqualTo(3);
    assertThat(figures.medianStepSeconds()).isEqualTo(1);
    assertThat(figures.steps()).isEqualTo(3);
  }

  @Test
  void anOutageIsUnderATenthOfAMegabit() {
    CapacityFigures figures =
        CapacityFigures.of(
            new Capacity(new double[] {0, 1, 3, 4, 5}, new double[] {99_999, 100_000, 0, 99_000}));
    assertThat(figures.longestOutageSeconds()).isEqualTo(2); // 3 to 5 s; the first lasts 1 s
  }

  @Test
  void doubtsTheUnitOfVeryLowAndVeryHighMeans() {
    assertThat(doubt(0.049)).contains("below 0.05");
    assertThat(doubt(0.05)).isEmpty();
    assertThat(doubt(10_000)).isEmpty();
    assertThat(doubt(10_001)).contains("above 10,000");
  }

  private static String doubt(double mbps) {
    Capacity capacity = new Capacity(new double[] {0, 1}, new double[] {mbps * 1e6});
    return CapacityFigures.of(capacity).unitDoubt().orElse("");
  }
}
