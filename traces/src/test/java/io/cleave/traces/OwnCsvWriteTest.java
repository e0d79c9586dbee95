package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnCsvWriteTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatItHasWritten(long seed) throws IOException {
    Trace trace = random(new SplittableRandom(seed));
    Trace again = again(trace);
    assertThat(again.periodSeconds()).isCloseTo(trace.periodSeconds(), close());
    for (double share = 0; share < 2; share += 0.01) { // two laps
      double t = share * trace.periodSeconds();
      assertThat(again.down().bitsUntil(t))
          .isCloseTo(trace.down().bitsUntil(t), within(1e-6 * trace.down().bitsPerLap()));
      assertThat(again.up().bitsUntil(t))
          .isCloseTo(trace.up().bitsUntil(t), within(1e-6 * trace.up().bitsPerLap()));
    }
    for (int step = 0; step < trace.down().steps(); step++) {
      double middle = (trace.down().startSeconds(step) + trace.down().startSeconds(step + 1)) / 2;
      assertThat(again.down().rateAt(middle)).isCloseTo(trace.down().rateAt(middle), close());
      assertThat(again.roundTrip().at(middle)).isCloseTo(trace.roundTrip().at(middle), close());
    }
  }

  @Test
  void keepsUnevenStepsAndHalvesALastOneThatIsLonger() throws IOException {
    // Steps of 0.5, 1.25 and 3 s: the last is not as long as the one before, so it gets two rows.
    double[] rates = {2e6, 0, 1234567.891};
    Capacity way = new Capacity(new double[] {0, 0.5, 1.75, 4.75}, rates);
    assertThat(text(new Trace("a", "b", way, way, RoundTrip.constant(0.1))))
        .isEqualTo("t_s,down_mbps\n0,2\n0.5,0\n1.75,1.234567891\n3.25,1.234567891\n");
  }

  @Test
  void writesARowWhereverEitherDirectionOrTheRoundTripChanges() throws IOException {
    Capacity down = new Capacity(new double[] {0, 2, 4}, new double[] {1e6, 3e6});
    Capacity up = new Capacity(new double[] {0, 1, 4}, new double[] {5e5, 1e3});
    RoundTrip rtt = RoundTrip.measured(new double[] {0.5, 3}, new double[] {0.05, 0.0625});
    assertThat(text(new Trace("a", "b", up, down, rtt)))
        .isEqualTo(
            """
            t_s,down_mbps,up_mbps,rtt_ms
            0,1,0.5,50
            0.5,1,0.5,50
            1,1,0.001,50
            2,3,0.001,50
            3,3,0.001,62.5
            """);
  }

  @Test
  void keepsEveryBuiltInRecordingAsItIs() throws IOException {
    TraceLibrary library = TraceLibrary.builtIn();
    for (String name : library.names()) {
      Trace trace = library.trace(name);
      assertThat(again(trace).down().steps()).isEqualTo(trace.down().steps());
      assertThat(again(trace).down().bitsPerLap()).isCloseTo(trace.down().bitsPerLap(), close());
    }
  }

  private static Trace again(Trace trace) throws IOException {
    return OwnCsv.read(
        trace.name(),
        trace.source(),
        "written.csv",
        new StringReader(text(trace)),
        trace.roundTrip().at(0));
  }

  private static String text(Trace trace) throws IOException {
    StringBuilder text = new StringBuilder();
    OwnCsv.write(trace, text);
    return text.toString();
  }

  /** Uneven steps from 1 ms to 20 s, a tenth of them outages, rates from 100 bit/s to 1 Gbit/s. */
  private static Trace random(SplittableRandom random) {
    double period = 10 + 1000 * random.nextDouble();
    Capacity down = capacity(random, period);
    Capacity up = random.nextInt(3) == 0 ? down : capacity(random, period);
    RoundTrip rtt =
        random.nextBoolean()
            ? RoundTrip.constant(0.05)
            : RoundTrip.measured(
                new double[] {period / 7, period / 3}, new double[] {random.nextDouble(), 0.2});
    return new Trace("random", "seeded", up, down, rtt);
  }

  private static Capacity capacity(SplittableRandom random, double period) {
    int steps = 1 + random.nextInt(40);
    double[] starts = new double[steps + 1];
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      starts[i + 1] = starts[i] + 0.001 + 20 * random.nextDouble();
      rates[i] = i > 0 && random.nextInt(10) == 0 ? 0 : Math.pow(10, 2 + 7 * random.nextDouble());
    }
    double scale = period / starts[steps];
    for (int i = 0; i < steps; i++) {
      starts[i] *= scale;
    }
    starts[steps] = period;
    return new Capacity(starts, rates);
  }

  private static Percentage close() {
    return Percentage.withPercentage(1e-4);
  }
}
