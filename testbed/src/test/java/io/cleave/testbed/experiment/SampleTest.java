package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {
  private static Sample oneTo(int last) {
    Sample sample = new Sample();
    for (int i = last; i >= 1; i--) {
      sample.add(i);
    }
    return sample;
  }

  @Test
  void percentilesAreValuesThatOccurred() {
    Sample hundred = oneTo(100);
    assertThat(hundred.percentile(0.50)).isEqualTo(50);
    assertThat(hundred.percentile(0.95)).isEqualTo(95);
    assertThat(hundred.percentile(0.99)).isEqualTo(99);
    assertThat(hundred.percentile(1)).isEqualTo(100);
    assertThat(hundred.percentile(0)).isEqualTo(1);
  }

  @Test
  void roundingDoesNotMoveARank() {
    // 95 % of 20 is 19, though 0.95 * 20 is a little more in doubles.
    assertThat(oneTo(20).percentile(0.95)).isEqualTo(19);
    // 99 % of 300 is 297.
    assertThat(oneTo(300).percentile(0.99)).isEqualTo(297);
  }

  @Test
  void takesTheNextRankUpOtherwise() {
    // 99 % of 10 is 9.9: only the tenth value covers it.
    assertThat(oneTo(10).percentile(0.99)).isEqualTo(10);
  }

  @Test
  void deviationDividesByOneLess() {
    // 1, 2, 3: mean 2, squares 1 + 0 + 1, over 2.
    assertThat(oneTo(3).deviation()).isCloseTo(1, within(1e-12));
    assertThat(oneTo(1).deviation()).isNaN();
  }

  @Test
  void takesMoreValuesAfterAPercentile() {
    Sample sample = oneTo(3);
    assertThat(sample.percentile(1)).isEqualTo(3);
    sample.add(7);
    assertThat(sample.percentile(1)).isEqualTo(7);
    assertThat(sample.mean()).isEqualTo(13.0 / 4);
  }

  @Test
  void refusesNaN() {
    assertThatThrownBy(() -> new Sample().add(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
