package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BandwidthStatesTest {
  @Test
  void standardGridDoublesEverySecondState() {
    List<Double> rates = BandwidthStates.standard().bitsPerSecond();
    assertThat(rates).hasSize(23);
    assertThat(rates.get(0)).isCloseTo(50e3, within(1e-6));
    assertThat(rates.get(2) / rates.get(0)).isCloseTo(2, within(1e-9));
    assertThat(rates.get(22)).isCloseTo(102.4e6, within(1.0)); // 50e3 * 2^11
  }

  @Test
  void nearestIsByRatio() {
    BandwidthStates states = new BandwidthStates(List.of(1e6, 4e6));
    assertThat(states.nearest(Math.log(1.9e6))).isZero();
    assertThat(states.nearest(Math.log(2.1e6))).isEqualTo(1); // 2.1 is nearer to 4, as a ratio
    assertThat(states.nearest(Math.log(1e9))).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoListOfRates() {
    assertThatThrownBy(() -> new BandwidthStates(List.of()))
        .hasMessageContaining("At least 1 rate");
    assertThatThrownBy(() -> new BandwidthStates(List.of(2.0, 1.0)))
        .hasMessageContaining("ascending");
    assertThatThrownBy(() -> BandwidthStates.geometric(1, 1, 3)).hasMessageContaining("grid");
  }
}
