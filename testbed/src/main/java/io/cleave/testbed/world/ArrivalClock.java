package io.cleave.testbed.world;

import java.util.List;
import java.util.SplittableRandom;

/**
 * When frames come in, one after the other: at a fixed rate from a random phase, as a Poisson
 * process, or as they once did. Two clocks of one seed tell the same times, so that waiting frames
 * need no memory.
 */
final class ArrivalClock {
  private final Course course;
  private final double endSeconds;
  private long frame;
  private double seconds;

  /** The next arrival, given its number and the arrival before; infinite if there is none. */
  private interface Course {
    double next(long frame, double before);
  }

  private ArrivalClock(Course course, double endSeconds) {
    this.course = course;
    this.endSeconds = endSeconds;
    this.seconds = course.next(0, 0);
  }

  static ArrivalClock of(Scenario.Workload workload, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double phase = random.nextDouble(); // in intervals, in [0, 1)
    double rate = workload.demand().framesPerSecond();
    Course course =
        workload.arrivals() == Arrivals.PERIODIC
            ? (frame, before) -> (frame + phase) / rate
            : (frame, before) -> before - Math.log1p(-random.nextDouble()) / rate;
    return new ArrivalClock(course, workload.seconds());
  }

  /**
   * @param frames in the order in which they came in
   */
  static ArrivalClock of(List<Scripted> frames) {
    return new ArrivalClock(
        (frame, before) ->
            frame < frames.size()
                ? frames.get((int) frame).arrivalSeconds()
                : Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }

  /** Number of the next frame, from 0. */
  long frame() {
    return frame;
  }

  /** When the next frame comes in; infinite after the scenario's end. */
  double seconds() {
    return seconds < endSeconds ? seconds : Double.POSITIVE_INFINITY;
  }

  void advance() {
    frame++;
    seconds = course.next(frame, seconds);
  }
}
