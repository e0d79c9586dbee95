package io.cleave.policies.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @Test
  void megaIsAMillionBits() {
    assertThat(Bandwidth.mbps(8).bitsPerSecond()).isEqualTo(8e6);
    assertThat(new Bandwidth(2.5e6).mbps()).isEqualTo(2.5);
  }

  @Test
  void megabyteOverEightMegabitsTakesASecond() {
    assertThat(Bandwidth.mbps(8).seconds(new ByteCount(1_000_000))).isEqualTo(1);
  }

  @Test
  void outageTakesForEverButNothingTakesNoTime() {
    Bandwidth outage = new Bandwidth(0);
    assertThat(outage.secondsPerBit()).isInfinite();
    assertThat(outage.seconds(new ByteCount(1))).isInfinite();
    assertThat(outage.seconds(new ByteCount(0))).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatesThatAreNone(double bad) {
    assertThatThrownBy(() -> new Bandwidth(bad)).hasMessageContaining(String.valueOf(bad));
  }

  @Test
  void bytesAddUpAndNeverWrapAround() {
    assertThat(new ByteCount(3).plus(new ByteCount(4)).bits()).isEqualTo(56);
    assertThatThrownBy(() -> new ByteCount(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new ByteCount(Long.MAX_VALUE).plus(new ByteCount(1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void ratesAndSizesHaveAnOrder() {
    assertThat(Bandwidth.mbps(1)).isLessThan(Bandwidth.mbps(2));
    assertThat(new ByteCount(1)).isLessThan(new ByteCount(2));
  }
}
