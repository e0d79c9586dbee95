package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NarratorTest {
  @Test
  void saysWhatIsPromisedOnlyIfItIsOverTheBound() {
    assertThat(Narrator.over(0.171, 0.06))
        .isEqualTo("; its plan promised 171 ms, over the bound of 60");
    assertThat(Narrator.over(0.06, 0.06)).isEmpty();
    assertThat(Narrator.over(5, Double.POSITIVE_INFINITY)).isEmpty();
  }
}
