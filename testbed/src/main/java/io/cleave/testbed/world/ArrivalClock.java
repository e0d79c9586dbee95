package io.cleave.testbed.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * When frames come in, one after the other: at a fixed rate from a random phase, as a Poisson
 * process, or as they once did. Two clocks of one seed tell the same times, so that waiting frames
 * need no memory.
 */
final class ArrivalClock {
  private final Course course;
  private final Presence presence;
  private final double endSeconds;
  private final LongUnaryOperator numbers;
  private long count;
  private long tries; // those included that found nobody there
  private double seconds;

  /** The next arrival, given its number and the arrival before; infinite if there is none. */
  private interface Course {
    double next(long frame, double before);
  }

  private ArrivalClock(
      Course course, Presence presence, double endSeconds, LongUnaryOperator numbers) {
    this.course = course;
    this.presence = presence;
    this.endSeconds = endSeconds;
    this.numbers = numbers;
    proceed();
  }

  static ArrivalClock of(Scenario.Workload workload, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double phase = random.nextDouble(); // in intervals, in [0, 1)
    double rate = workload.demand().framesPerSecond();
    Course course =
        workload.arrivals() == Arrivals.PERIODIC
            ? (frame, before) -> (frame + phase) / rate
            : (frame, before) -> before - Math.log1p(-random.nextDouble()) / rate;
    return new ArrivalClock(
        course, workload.presence(), workload.seconds(), LongUnaryOperator.identity());
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
        Presence.ALWAYS,
        Double.POSITIVE_INFINITY,
        frame -> frames.get((int) frame).number());
  }

  /** Frames that came in before the next one. */
  long count() {
    return count;
  }

  /** Number of the next frame; there must be one. */
  long number() {
    return numbers.applyAsLong(count);
  }

  /** When the next frame comes in; infinite after the scenario's end. */
  double seconds() {
    return seconds < endSeconds ? seconds : Double.POSITIVE_INFINITY;
  }

  void advance() {
    count++;
    proceed();
  }

  private void proceed() {
    do {
      seconds = course.next(tries++, seconds);
    } while (seconds < endSeconds && !presence.at(seconds));
  }
}
