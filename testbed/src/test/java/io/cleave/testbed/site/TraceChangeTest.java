package io.cleave.testbed.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import org.junit.jupiter.api.Test;

class TraceChangeTest {
  @Test
  void followsTheOneUntilTheMomentAndTheOtherFromItsBegin() {
    TraceLibrary library = TraceLibrary.builtIn();
    Trace tram = TraceTurn.of(library.trace("belgium-4g-tram"), 123.4); // samples beyond its lap
    Trace bus = library.trace("norway-3g-bus");
    for (double seconds : new double[] {0.5, 40, 300, 725}) { // within a lap, its end, and beyond
      Trace both = TraceChange.of(tram, seconds, bus, 500);
      assertThat(both.periodSeconds()).isEqualTo(seconds + 2 * bus.periodSeconds());
      for (int i = 0; i < 50; i++) {
        double before = (i + 0.37) / 50 * seconds;
        double lap = before % tram.periodSeconds();
        assertThat(both.up().rateAt(before)).isEqualTo(tram.up().rateAt(lap));
        assertThat(both.down().rateAt(before)).isEqualTo(tram.down().rateAt(lap));
        assertThat(both.roundTrip().at(before)).isEqualTo(tram.roundTrip().at(lap));
        double after = (i + 0.37) / 25 * bus.periodSeconds();
        double there = after % bus.periodSeconds();
        assertThat(both.up().rateAt(seconds + after)).isEqualTo(bus.up().rateAt(there));
        assertThat(both.roundTrip().at(seconds + after)).isEqualTo(bus.roundTrip().at(there));
      }
    }
  }

  @Test
  void takesTheRoundTripThatIsInForceAtTheChange() {
    Capacity steady = new Capacity(new double[] {0, 10}, new double[] {1e6});
    RoundTrip late = RoundTrip.measured(new double[] {4, 8}, new double[] {0.010, 0.020});
    Trace first = new Trace("first", "test", steady, steady, late);
    Trace second = new Trace("second", "test", steady, steady, RoundTrip.constant(0.1));

    Trace both = TraceChange.of(first, 6, second, 10);

    assertThat(both.roundTrip().at(5.9)).isEqualTo(0.010);
    assertThat(both.roundTrip().at(6)).isEqualTo(0.1);
    assertThat(both.roundTrip().at(15)).isEqualTo(0.1);
  }
}
