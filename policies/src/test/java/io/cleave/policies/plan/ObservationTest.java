package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is observed is checked where it comes in. */
class ObservationTest {
  private static final Bandwidth RATE = new Bandwidth(1);
  private final Observation good = HandMade.observation();

  @Test
  void numbersServersFromOne() {
    assertThat(good.node(Stage.DEVICE).name()).isEqualTo("device");
    assertThat(good.node(1).name()).isEqualTo("server1");
    assertThat(good.server(1).node()).isSameAs(good.node(1));
  }

  @Test
  void refusesNoServersAndTimesOfAnotherNetwork() {
    assertThatThrownBy(
            () ->
                new Observation(
                    good.graph(), good.device(), good.power(), List.of(), good.demand()))
        .hasMessageContaining("At least one server");
    assertThatThrownBy(
            () ->
                new Observation(
                    HandMade.chain(1, 1),
                    good.device(),
                    good.power(),
                    good.servers(),
                    good.demand()))
        .hasMessageContaining("do not fit");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesQueuesAndRoundTripsThatAreNone(double bad) {
    LayerTimes times = good.device().times();
    assertThatThrownBy(() -> new NodeState("n", times, bad)).hasMessageContaining("queue of n");
    assertThatThrownBy(() -> new LinkState(RATE, RATE, bad, RateError.NONE))
        .hasMessageContaining("round-trip");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void refusesDemandsThatAreNone(double bad) {
    assertThatThrownBy(() -> new Demand(bad, 1, 0)).hasMessageContaining("frame rate");
    assertThatThrownBy(() -> new Demand(1, bad, 0)).hasMessageContaining("deadline");
    assertThatThrownBy(() -> new Demand(1, 1, bad)).hasMessageContaining("joule");
    assertThatThrownBy(() -> new Demand(1, 1, 0, bad)).hasMessageContaining("gaps");
  }

  @Test
  void framesComeEvenlyUnlessSaidOtherwise() {
    Demand even = new Demand(1, 1, 0);
    assertThat(even.gapVariation()).isZero();
    assertThat(even.withGapVariation(1)).isEqualTo(new Demand(1, 1, 0, 1));
  }

  @Test
  void refusesRateRatiosOutOfOrderAndNone() {
    assertThatThrownBy(() -> new RateError(List.of(1.0, 0.5))).hasMessageContaining("ascending");
    assertThatThrownBy(() -> new RateError(List.of(Double.NaN))).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new RateError(List.of(-0.5))).hasMessageContaining("-0.5");
    assertThatThrownBy(() -> new RateError(List.of())).hasMessageContaining("At least one");
    assertThat(new RateError(List.of(0.0, 1.0)).ratios()).hasSize(2); // an outage is possible
  }
}
