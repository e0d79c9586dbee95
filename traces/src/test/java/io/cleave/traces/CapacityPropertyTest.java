package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replay against its definition on random directions, a third of whose steps are outages. */
class CapacityPropertyTest {
  private static final int TRANSFERS = 200;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsSentIsWhatTheLinkCarried(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    for (int i = 0; i < TRANSFERS; i++) {
      double start = start(random, capacity);
      double size = size(random, capacity);
      double carried = capacity.bitsUntil(capacity.finish(start, size)) - capacity.bitsUntil(start);
      assertThat(carried).isCloseTo(size, within(1e-9 * capacity.bitsUntil(start) + 1e-9 * size));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithWalkingStepByStep(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    for (int i = 0; i < TRANSFERS; i++) {
      double start = start(random, capacity);
      double size = size(random, capacity);
      // At the very end of a step before an outage, rounding may put the last bit on either side:
      // a hundred-millionth less must be done by the walk's end, as much more not before it.
      double walked = walk(capacity, start, size);
      assertThat(capacity.finish(start, size * (1 - 1e-8))).isLessThanOrEqualTo(walked + 1e-6);
      assertThat(capacity.finish(start, size * (1 + 1e-8))).isGreaterThanOrEqualTo(walked - 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void laterOrMoreIsNeverDoneEarlier(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    for (int i = 0; i < TRANSFERS; i++) {
      double start = start(random, capacity);
      double size = size(random, capacity);
      double end = capacity.finish(start, size);
      double slack = 1e-9 * end;
      assertThat(end).isGreaterThanOrEqualTo(start);
      assertThat(capacity.finish(start + random.nextDouble(), size))
          .isGreaterThanOrEqualTo(end - slack);
      assertThat(capacity.finish(start, size * (1 + random.nextDouble())))
          .isGreaterThanOrEqualTo(end - slack);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aTransferInTwoPartsTakesAsLongAsInOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    for (int i = 0; i < TRANSFERS; i++) {
      double start = start(random, capacity);
      double size = size(random, capacity);
      double middle = capacity.finish(start, size / 2);
      double parts = capacity.bitsUntil(capacity.finish(middle, size / 2));
      double whole = capacity.bitsUntil(capacity.finish(start, size));
      assertThat(parts).isCloseTo(whole, within(1e-9 * whole));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLapLaterEverythingIsTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    for (int i = 0; i < TRANSFERS; i++) {
      double start = random.nextDouble() * capacity.periodSeconds();
      double size = size(random, capacity);
      double later = 1000 * capacity.periodSeconds();
      double moved = capacity.bitsUntil(capacity.finish(start + later, size));
      double expected =
          capacity.bitsUntil(capacity.finish(start, size)) + capacity.bitsUntil(later);
      assertThat(moved).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  static Capacity capacity(SplittableRandom random) {
    int steps = random.nextInt(1, 40);
    double[] starts = new double[steps + 1];
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      starts[i + 1] = starts[i] + random.nextDouble(0.001, 5);
      rates[i] = random.nextInt(3) == 0 ? 0 : Math.exp(random.nextDouble(0, 18));
    }
    rates[random.nextInt(steps)] = 1 + random.nextInt(1_000_000);
    return new Capacity(starts, rates);
  }

  /** Anywhere in the first laps, a third of them at the edge of a step. */
  private static double start(SplittableRandom random, Capacity capacity) {
    double lap = random.nextInt(5) * capacity.periodSeconds();
    return random.nextInt(3) == 0
        ? lap + capacity.startSeconds(random.nextInt(capacity.steps() + 1))
        : lap + random.nextDouble() * capacity.periodSeconds();
  }

  /** From almost nothing to several laps, a quarter of them whole laps. */
  private static double size(SplittableRandom random, Capacity capacity) {
    return random.nextInt(4) == 0
        ? random.nextInt(1, 6) * capacity.bitsPerLap()
        : Math.exp(random.nextDouble(-10, 2)) * capacity.bitsPerLap();
  }

  /** The definition: from step to step, each carries its rate times its rest, until all is sent. */
  private static double walk(Capacity capacity, double start, double size) {
    double lapStart = Math.floor(start / capacity.periodSeconds()) * capacity.periodSeconds();
    double now = start - lapStart;
    double left = size;
    while (true) {
      for (int i = 0; i < capacity.steps(); i++) {
        double end = capacity.startSeconds(i + 1);
        double carries = Math.max(0, end - Math.max(now, capacity.startSeconds(i)));
        double bits = carries * capacity.bitsPerSecond(i);
        if (bits >= left) {
          return lapStart
              + Math.max(now, capacity.startSeconds(i))
              + left / capacity.bitsPerSecond(i);
        }
        left -= bits;
      }
      now = 0;
      lapStart += capacity.periodSeconds();
    }
  }
}
