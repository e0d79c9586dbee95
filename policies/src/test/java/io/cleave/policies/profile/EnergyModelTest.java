package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EnergyModelTest {
  private static final EnergyModel POWER = new EnergyModel(4, 1, Radio.WIFI);

  /** 0.8 to 0.2, by 4 W: a joule is worth 1 s. */
  @Test
  void weightCountsBothInWhatTheDeviceTakesAlone() {
    assertThat(POWER.secondsPerJoule(0)).isZero();
    assertThat(POWER.secondsPerJoule(0.8)).isCloseTo(1, within(1e-12));
    assertThat(POWER.secondsPerJoule(1)).isFinite().isGreaterThan(1e5);
  }

  @Test
  void weightAndPriceAreTheSame() {
    for (double weight = 0; weight < 1; weight += 0.0625) {
      assertThat(POWER.weight(POWER.secondsPerJoule(weight))).isCloseTo(weight, within(1e-12));
    }
    assertThat(POWER.weight(POWER.secondsPerJoule(1))).isCloseTo(1, within(1e-5));
  }

  @Test
  void refusesWhatIsNoWeight() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> POWER.secondsPerJoule(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 0 to 1, not " + wrong);
    }
    EnergyModel free = new EnergyModel(0, 0, Radio.WIFI);
    assertThatThrownBy(() -> free.secondsPerJoule(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("draws 0 W");
  }
}
