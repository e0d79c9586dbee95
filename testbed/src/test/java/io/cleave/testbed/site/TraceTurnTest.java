package io.cleave.testbed.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import org.junit.jupiter.api.Test;

class TraceTurnTest {
  private static final double[] STARTS = {0, 1, 3, 4};

  private static Trace trace() {
    Capacity up = new Capacity(STARTS, new double[] {1e6, 2e6, 3e6});
    Capacity down = new Capacity(STARTS, new double[] {3e6, 0, 1e6});
    RoundTrip roundTrip = RoundTrip.measured(new double[] {0.5, 2.5}, new double[] {0.010, 0.020});
    return new Trace("steps", "test", up, down, roundTrip);
  }

  @Test
  void beginsLaterAndGoesOnWithTheBegin() {
    Trace turned = TraceTurn.of(trace(), 2);
    assertThat(turned.periodSeconds()).isEqualTo(4);
    assertThat(turned.up().rateAt(0.5)).isEqualTo(2e6);
    assertThat(turned.up().rateAt(1.5)).isEqualTo(3e6);
    assertThat(turned.up().rateAt(2.5)).isEqualTo(1e6);
    assertThat(turned.up().rateAt(3.5)).isEqualTo(2e6);
    assertThat(turned.roundTrip().at(0.4)).isEqualTo(0.010); // taken at 0.5
    assertThat(turned.roundTrip().at(0.6)).isEqualTo(0.020); // at 2.5
    assertThat(turned.roundTrip().at(2.4)).isEqualTo(0.020);
    assertThat(turned.roundTrip().at(2.6)).isEqualTo(0.010); // the next lap's 0.5
  }

  @Test
  void isTheSameRecordingWhereverItBegins() {
    for (String name : TraceLibrary.builtIn().names()) {
      Trace trace = TraceLibrary.builtIn().trace(name);
      for (double share : new double[] {0, 0.123, 0.5, 0.999}) {
        double turn = share * trace.periodSeconds();
        Trace turned = TraceTurn.of(trace, turn);
        assertThat(turned.up().meanBitsPerSecond())
            .isCloseTo(
                trace.up().meanBitsPerSecond(), offset(1e-6 * trace.up().meanBitsPerSecond()));
        for (int i = 0; i < 50; i++) {
          double t = (i + 0.37) / 50 * trace.periodSeconds();
          double then = (t + turn) % trace.periodSeconds();
          assertThat(turned.up().rateAt(t)).isEqualTo(trace.up().rateAt(then));
          assertThat(turned.down().rateAt(t)).isEqualTo(trace.down().rateAt(then));
        }
      }
    }
  }
}
