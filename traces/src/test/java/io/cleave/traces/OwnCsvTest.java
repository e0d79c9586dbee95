package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnCsvTest {
  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void aRowIsInForceFromItsTimeAndTheLastLastsAsLongAsTheOneBeforeIt() {
    assertThat(Written.steps(written().down("t_s,down_mbps\n0,5\n2,6\n4,7\n")))
        .isEqualTo("0:5 2:6 4:7 |6");
  }

  @Test
  void aSingleRowIsTheSameForEver() {
    assertThat(written().down("t_s,down_mbps\n0,5\n").rateAt(12345)).isEqualTo(5e6);
  }

  @Test
  void uplinkAndRoundTripAreReadIfThere() {
    Trace trace =
        written().read("t_s,down_mbps,up_mbps,rtt_ms\n0,5,1,50\n1,6,2,-\n2,7,-,60\n").trace();
    assertThat(Written.steps(trace.down())).isEqualTo("0:5 1:6 2:7 |3");
    assertThat(Written.steps(trace.up())).isEqualTo("0:1 1:2 |3"); // a dash says nothing new
    assertThat(trace.roundTrip().samples()).isEqualTo(2);
    assertThat(trace.roundTrip().at(1.5)).isEqualTo(0.05);
    assertThat(trace.roundTrip().at(2)).isEqualTo(0.06, within(1e-12));
  }

  @Test
  void linesBeforeTheHeaderStateSourcePeriodAndRoundTrip() {
    Trace trace =
        written()
            .read(
                "# source: me, on a bus\n# period_s: 9.5\n# rtt_ms: 40\nt_s,down_mbps\n0,5\n1,6\n")
            .trace();
    assertThat(trace.source()).isEqualTo("me, on a bus");
    assertThat(trace.periodSeconds()).isEqualTo(9.5);
    assertThat(trace.roundTrip().isMeasured()).isFalse();
    assertThat(trace.roundTrip().at(0)).isEqualTo(0.04);
  }

  @Test
  void aGivenRoundTripWinsOverAMeasuredOne() {
    ReadingOptions given = ReadingOptions.DEFAULT.withRoundTripSeconds(0.2);
    RoundTrip rtt =
        written().read("t_s,down_mbps,rtt_ms\n0,5,50\n1,6,60\n", given).trace().roundTrip();
    assertThat(rtt.isMeasured()).isFalse();
    assertThat(rtt.at(1)).isEqualTo(0.2);
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenReadsBackTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity down = CapacityPropertyTest.capacity(random);
    double part = down.periodSeconds() * 0.9;
    Capacity up = CapacityPropertyTest.capacity(random);
    double shorter = Math.min(part, up.periodSeconds());
    Capacity sameUp = seed % 2 == 0 ? loaded(up, shorter) : loaded(down, shorter);
    Capacity sameDown = seed % 2 == 0 ? loaded(down, shorter) : sameUp;
    RoundTrip rtt =
        seed % 3 == 0
            ? RoundTrip.constant(0.0371)
            : RoundTrip.measured(
                new double[] {0, shorter / 3, shorter / 2}, new double[] {0.05, 0.07, 0.0661});
    Trace trace = new Trace("x", "somebody, \"once\"\nupon a time", sameUp, sameDown, rtt);
    Path file = folder.resolve("store/x.csv");
    OwnCsv.write(trace, file);
    Trace back = TraceFile.read("x", List.of(file), ReadingOptions.DEFAULT).trace();
    assertThat(back.source()).isEqualTo("somebody, \"once\" upon a time");
    assertThat(back.oneWay()).isEqualTo(trace.oneWay());
    assertSame(back.up(), trace.up());
    assertSame(back.down(), trace.down());
    assertThat(back.roundTrip().isMeasured()).isEqualTo(rtt.isMeasured());
    assertThat(back.roundTrip().samples()).isEqualTo(rtt.samples());
    for (int i = 0; i < rtt.samples(); i++) {
      assertThat(back.roundTrip().seconds(i)).isCloseTo(rtt.seconds(i), within(1e-15));
      assertThat(back.roundTrip().timeSeconds(i)).isEqualTo(rtt.timeSeconds(i));
    }
  }

  /** The beginning of a direction, with something to carry in its first step. */
  private static Capacity loaded(Capacity whole, double seconds) {
    double[] starts = new double[whole.steps() + 1];
    double[] rates = new double[whole.steps()];
    for (int i = 0; i < rates.length; i++) {
      starts[i + 1] = whole.startSeconds(i + 1);
      rates[i] = i == 0 ? 1e6 : whole.bitsPerSecond(i);
    }
    return new Capacity(starts, rates).first(seconds);
  }

  private static void assertSame(Capacity back, Capacity written) {
    assertThat(back.steps()).isEqualTo(written.steps());
    assertThat(back.periodSeconds()).isEqualTo(written.periodSeconds());
    for (int i = 0; i < written.steps(); i++) {
      assertThat(back.startSeconds(i)).isEqualTo(written.startSeconds(i));
      assertThat(back.bitsPerSecond(i))
          .isCloseTo(written.bitsPerSecond(i), within(1e-12 * written.bitsPerSecond(i)));
    }
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    refused("t_s,down_mbps\n0,5\n2,6\n1,7\n", ":4 column 1: '1' is earlier");
    refused("t_s,down_mbps\n0,5\n1,-6\n", ":3 column 2: '-6' must be at least 0");
    refused("# a\nt_s,down_mbps\n0,5\n1,six\n", ":4 column 2: 'six' is not a number");
    refused("t_s,down_mbps\n0,-\n1,6\n", ":2 column 2: '-' must not be missing in the first row");
    refused("t_s,down_mbps\n0,5,9\n", ":2: '0,5,9' has 3 cells under 2 columns");
    refused("# period_s: 1\nt_s,down_mbps\n0,5\n2,6\n", ":1 column 1: '1' must be later");
    refused("t_s,down_mbps\n", "no row");
    refused("t_s,down_mbps\n0,0\n1,0\n", "carries nothing");
  }

  private void refused(String content, String problem) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(problem);
  }
}
