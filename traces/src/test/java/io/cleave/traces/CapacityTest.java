package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CapacityTest {
  /** 1 s of 10 bit/s, 2 s of nothing, 1 s of 30 bit/s: 40 bits in 4 s. */
  private static final Capacity LINK =
      new Capacity(new double[] {0, 1, 3, 4}, new double[] {10, 0, 30});

  @Test
  void knowsItsFigures() {
    assertThat(LINK.steps()).isEqualTo(3);
    assertThat(LINK.periodSeconds()).isEqualTo(4);
    assertThat(LINK.bitsPerLap()).isEqualTo(40);
    assertThat(LINK.meanBitsPerSecond()).isEqualTo(10);
    assertThat(LINK.rateAt(0.5)).isEqualTo(10);
    assertThat(LINK.rateAt(1)).isZero(); // a step begins at its time
    assertThat(LINK.rateAt(7.5)).isEqualTo(30); // 7.5 = 4 + 3.5
  }

  @Test
  void countsBitsAcrossLaps() {
    assertThat(LINK.bitsUntil(0)).isZero();
    assertThat(LINK.bitsUntil(2)).isEqualTo(10);
    assertThat(LINK.bitsUntil(4)).isEqualTo(40);
    assertThat(LINK.bitsUntil(4e6 + 3.5)).isEqualTo(40e6 + 25); // 10 + 0.5 s of 30 bit/s
  }

  @Test
  void carriesOnAfterAnOutage() {
    // 5 bits pass until 1 s, nothing until 3 s, the other 3 bits take 0.1 s of 30 bit/s
    assertThat(LINK.finish(0.5, 8)).isEqualTo(3.1, within(1e-12));
    assertThat(LINK.finish(2, 30)).isEqualTo(4); // starts within the outage, ends with the lap
  }

  @Test
  void endsBeforeAnOutageWhatFitsBeforeIt() {
    assertThat(LINK.finish(0, 10)).isEqualTo(1);
  }

  @Test
  void wrapsAroundItsOwnPeriod() {
    // the lap ends after 30 bits; 5 more take 0.5 s of the next lap
    assertThat(LINK.finish(3, 35)).isEqualTo(4.5, within(1e-12));
    // 100,000 laps and 5 bits
    assertThat(LINK.finish(0, 4e6 + 5)).isEqualTo(400_000.5, within(1e-6));
  }

  @Test
  void sendsNothingInNoTime() {
    assertThat(LINK.finish(2, 0)).isEqualTo(2);
  }

  @Test
  void waitsOutASilentStartInEveryLap() {
    Capacity late = new Capacity(new double[] {0, 0.1, 0.3}, new double[] {0, 7});
    for (int lap = 1; lap < 1000; lap++) {
      // the bits of whole laps end with the lap, whatever rounding makes of their number
      assertThat(late.finish(0, lap * late.bitsPerLap())).isEqualTo(lap * 0.3, within(1e-9));
    }
  }

  @Test
  void isDefinedJustBeforeTheEndOfEveryLap() {
    Capacity third = new Capacity(new double[] {0, 0.1, 0.3}, new double[] {2, 7});
    for (int lap = 1; lap < 10_000; lap++) {
      double before = Math.nextDown(lap * 0.3);
      // 0.1 s x 2 bit/s + 0.2 s x 7 bit/s = 1.6 bits a lap
      assertThat(third.bitsUntil(before)).isEqualTo(lap * 1.6, within(1e-8));
      assertThat(third.rateAt(before)).isIn(2.0, 7.0);
      assertThat(third.finish(before, 0.7)).isGreaterThan(before);
    }
  }

  @Test
  void refusesWhatIsNoLink() {
    double[] second = {0, 1};
    assertThatThrownBy(() -> new Capacity(second, new double[] {0}))
        .hasMessageContaining("never end");
    assertThatThrownBy(() -> new Capacity(second, new double[] {-1})).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Capacity(second, new double[] {Double.NaN}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Capacity(new double[] {0, 1, 1}, new double[] {1, 1}))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> new Capacity(new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("begin at 0");
    assertThatThrownBy(() -> LINK.finish(0, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> LINK.finish(-1, 1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> LINK.finish(0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void carriesExactlyTheSizeUntilTheEnd(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity link = random(random);
    for (int i = 0; i < 50; i++) {
      double start = random.nextDouble() * 5 * link.periodSeconds();
      double size = random.nextDouble() * 20 * link.bitsPerLap();
      double carried = link.bitsUntil(link.finish(start, size)) - link.bitsUntil(start);
      assertThat(carried).isEqualTo(size, within(1e-9 * link.bitsPerLap()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithWalkingStepByStep(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity link = random(random);
    for (int i = 0; i < 50; i++) {
      double start = random.nextDouble() * 3 * link.periodSeconds();
      double size = random.nextDouble() * 4 * link.bitsPerLap();
      assertThat(link.finish(start, size)).isEqualTo(walked(link, start, size), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverEndsEarlierForMoreBitsOrALaterStart(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity link = random(random);
    double start = random.nextDouble() * link.periodSeconds();
    double size = 0;
    double end = start;
    for (int i = 0; i < 100; i++) {
      if (random.nextBoolean()) {
        size += random.nextDouble() * link.bitsPerLap() / 3;
      } else {
        start += random.nextDouble() * link.periodSeconds() / 3;
      }
      double next = link.finish(start, size);
      assertThat(next).isGreaterThanOrEqualTo(start).isGreaterThanOrEqualTo(end - 1e-9);
      end = next;
    }
  }

  /** Up to 8 steps of 10 ms to 2 s, each with a third chance of being an outage. */
  private static Capacity random(SplittableRandom random) {
    int steps = 1 + random.nextInt(8);
    double[] starts = new double[steps + 1];
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      starts[i + 1] = starts[i] + 0.01 + 2 * random.nextDouble();
      rates[i] = random.nextInt(3) == 0 ? 0 : 1e4 + 1e7 * random.nextDouble();
    }
    rates[random.nextInt(steps)] = 5e6;
    return new Capacity(starts, rates);
  }

  /** Takes what each step has left until the size is gone. */
  private static double walked(Capacity link, double start, double size) {
    double left = size;
    for (int lap = 0; ; lap++) {
      for (int i = 0; i < link.steps(); i++) {
        double from = Math.max(start, lap * link.periodSeconds() + link.startSeconds(i));
        double to = lap * link.periodSeconds() + link.startSeconds(i + 1);
        double room = Math.max(0, to - from) * link.bitsPerSecond(i);
        if (room > 0 && room >= left) {
          return from + left / link.bitsPerSecond(i);
        }
        left -= room;
      }
    }
  }
}
