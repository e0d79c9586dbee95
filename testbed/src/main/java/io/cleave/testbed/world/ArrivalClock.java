package io.cleave.testbed.world;

import java.util.SplittableRandom;

/**
 * When frames come in, one after the other: at a fixed rate from a random phase, or as a Poisson
 * process. Two clocks of one seed tell the same times, so that waiting frames need no memory.
 */
final class ArrivalClock {
  private final Scenario.Workload workload;
  private final SplittableRandom random;
  private final double phase; // in intervals, in [0, 1)
  private long frame;
  private double seconds;

  ArrivalClock(Scenario.Workload workload, long seed) {
    this.workload = workload;
    this.random = new SplittableRandom(seed);
    this.phase = random.nextDouble();
    this.seconds = first();
  }

  /** Number of the next frame, from 0. */
  long frame() {
    return frame;
  }

  /** When the next frame comes in; infinite after the scenario's end. */
  double seconds() {
    return seconds < workload.seconds() ? seconds : Double.POSITIVE_INFINITY;
  }

  void advance() {
    frame++;
    seconds =
        workload.arrivals() == Arrivals.PERIODIC
            ? (frame + phase) / workload.demand().framesPerSecond()
            : seconds + gap();
  }

  private double first() {
    return workload.arrivals() == Arrivals.PERIODIC
        ? phase / workload.demand().framesPerSecond()
        : gap();
  }

  private double gap() {
    return -Math.log1p(-random.nextDouble()) / workload.demand().framesPerSecond();
  }
}
