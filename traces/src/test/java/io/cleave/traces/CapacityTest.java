package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {
  private static final double EXACT = 1e-9;

  /**
   * 10 bit/s for 2 s, an outage of 3 s, 4 bit/s for 5 s: 20 + 0 + 20 = 40 bits in a lap of 10 s.
   */
  private static final Capacity OUTAGE =
      new Capacity(new double[] {0, 2, 5, 10}, new double[] {10, 0, 4});

  @Test
  void carriesTheSumOfItsSteps() {
    assertThat(OUTAGE.bitsPerLap()).isEqualTo(40);
    assertThat(OUTAGE.meanBitsPerSecond()).isEqualTo(4);
    assertThat(OUTAGE.bitsUntil(1)).isEqualTo(10);
    assertThat(OUTAGE.bitsUntil(4)).isEqualTo(20);
    assertThat(OUTAGE.bitsUntil(10)).isEqualTo(40);
    assertThat(OUTAGE.bitsUntil(31)).isEqualTo(130); // three laps and a second at 10 bit/s
  }

  @Test
  void aStepBeginsAtItsTime() {
    assertThat(OUTAGE.rateAt(2)).isZero();
    assertThat(OUTAGE.rateAt(5)).isEqualTo(4);
    assertThat(OUTAGE.rateAt(10)).isEqualTo(10);
    assertThat(OUTAGE.rateAt(25)).isEqualTo(4);
  }

  @Test
  void transferWaitsOutAnOutageAndGoesOn() {
    assertThat(OUTAGE.finish(1, 10)).isEqualTo(2); // just done before the outage
    assertThat(OUTAGE.finish(1, 14)).isEqualTo(6); // 10 bits until 2 s, 4 bits from 5 to 6 s
    assertThat(OUTAGE.finish(3, 4)).isEqualTo(6);
  }

  @Test
  void transferWrapsAroundToTheNextLap() {
    assertThat(OUTAGE.finish(9, 9)).isCloseTo(10.5, within(EXACT)); // 4 bits, then 5 at 10 bit/s
    assertThat(OUTAGE.finish(0, 400)).isCloseTo(100, within(EXACT)); // ten laps
    assertThat(OUTAGE.finish(0, 401)).isCloseTo(100.1, within(EXACT));
  }

  @Test
  void aFullLapEndsWithItAndNotAfterTheNextOutage() {
    Capacity begins = new Capacity(new double[] {0, 3, 4}, new double[] {0, 5});
    assertThat(begins.finish(0, 5)).isEqualTo(4);
    assertThat(begins.finish(0, 10)).isEqualTo(8);
    Capacity ends = new Capacity(new double[] {0, 1, 4}, new double[] {5, 0});
    assertThat(ends.finish(0, 5)).isEqualTo(1);
    assertThat(ends.finish(0, 10)).isEqualTo(5);
    assertThat(ends.finish(2, 5)).isEqualTo(5);
  }

  @Test
  void nothingToSendIsDoneAtOnceEvenInAnOutage() {
    assertThat(OUTAGE.finish(3, 0)).isEqualTo(3);
  }

  @Test
  void aTimeRoundedToTheNextLapStaysInItsOwn() {
    // For many periods, the last number before k periods divides to exactly k.
    for (double period = 0.1; period < 3; period += 0.1) {
      Capacity capacity = new Capacity(new double[] {0, period / 2, period}, new double[] {0, 8});
      for (int lap = 1; lap < 2000; lap++) {
        double before = Math.nextDown(lap * period);
        double after = Math.nextUp(lap * period);
        assertThat(capacity.rateAt(before)).isIn(0.0, 8.0);
        double half = capacity.bitsPerLap() / 2; // done within a lap, wherever it begins
        assertThat(capacity.finish(before, half)).isBetween(before, before + period + EXACT);
        assertThat(capacity.finish(after, half)).isBetween(after, after + period + EXACT);
      }
    }
  }

  @Test
  void roundingDoesNotMakeATransferWaitForAnOutageToEnd() {
    // 3 x 0.1 bit are a hair more than the 0.3 bit that the link carries before its outage
    Capacity capacity = new Capacity(new double[] {0, 1, 100}, new double[] {0.3, 0});
    assertThat(capacity.finish(0, 0.1 + 0.1 + 0.1)).isEqualTo(1);
    assertThat(capacity.finish(0, 0.6 + 1e-16)).isEqualTo(101);
    assertThat(capacity.finish(0, 0.3001)).isGreaterThan(100);
  }

  @Test
  void theBeginningKeepsItsRates() {
    Capacity first = OUTAGE.first(6);
    assertThat(first.periodSeconds()).isEqualTo(6);
    assertThat(first.bitsPerLap()).isEqualTo(24);
    assertThat(OUTAGE.first(5).steps()).isEqualTo(2);
    assertThat(OUTAGE.first(10).bitsPerLap()).isEqualTo(40);
    assertThatThrownBy(() -> OUTAGE.first(11)).hasMessageContaining("at most 10.0 s");
  }

  @Test
  void poolingKeepsWhatIsCarried() {
    Capacity pooled = OUTAGE.pooled(4); // 0-4: 20 bits, 4-8: 12, 8-10: 8
    assertThat(pooled.steps()).isEqualTo(3);
    assertThat(pooled.bitsPerSecond(0)).isEqualTo(5);
    assertThat(pooled.bitsPerSecond(1)).isEqualTo(3);
    assertThat(pooled.bitsPerSecond(2)).isEqualTo(4);
    assertThat(pooled.periodSeconds()).isEqualTo(10);
  }

  @Test
  void refusesWhatCannotBeReplayed() {
    assertThatThrownBy(() -> new Capacity(new double[] {0, 1}, new double[] {0}))
        .hasMessageContaining("would never end");
    assertThatThrownBy(() -> new Capacity(new double[] {0}, new double[0]))
        .hasMessageContaining("n rates");
    assertThatThrownBy(() -> new Capacity(new double[] {1, 2}, new double[] {5}))
        .hasMessageContaining("begin at 0");
    assertThatThrownBy(() -> new Capacity(new double[] {0, 1, 1}, new double[] {5, 5}))
        .hasMessageContaining("1.0 s comes after 1.0 s");
    assertThatThrownBy(() -> new Capacity(new double[] {0, Double.NaN}, new double[] {5}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesImpossibleNumbers(double wrong) {
    assertThatThrownBy(() -> new Capacity(new double[] {0, 1}, new double[] {wrong}))
        .hasMessageContaining(String.valueOf(wrong));
    assertThatThrownBy(() -> OUTAGE.finish(wrong, 1)).hasMessageContaining(String.valueOf(wrong));
    assertThatThrownBy(() -> OUTAGE.finish(1, wrong)).hasMessageContaining(String.valueOf(wrong));
  }

  @Test
  void laterChangesOfTheArraysDoNotReachIt() {
    double[] rates = {5};
    Capacity capacity = new Capacity(new double[] {0, 1}, rates);
    rates[0] = 50;
    assertThat(capacity.rateAt(0)).isEqualTo(5);
  }
}
