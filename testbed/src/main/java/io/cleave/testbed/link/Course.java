package io.cleave.testbed.link;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;

/**
 * One direction of a recording on a link's clock. Until it begins it stands still at the first rate
 * that is not 0, so that programs can find each other before an experiment starts. Then it runs,
 * and repeats itself for ever.
 *
 * <p>Times are nanoseconds since the link was opened. A time of the recording is rounded up, so
 * that nothing crosses before it may; each portion starts where the last one ended, so that the
 * rounding adds up to no more than a nanosecond a portion.
 */
final class Course {
  private static final double NANOS = 1e9;

  private final Capacity capacity;
  private final Capacity still;
  private final RoundTrip roundTrip;
  private long beginNanos = Long.MAX_VALUE;

  Course(Capacity capacity, RoundTrip roundTrip) {
    this.capacity = capacity;
    this.roundTrip = roundTrip;
    this.still = new Capacity(new double[] {0, 1}, new double[] {firstRate(capacity)});
  }

  private static double firstRate(Capacity capacity) {
    int step = 0;
    while (capacity.bitsPerSecond(step) == 0) { // a capacity carries something somewhere
      step++;
    }
    return capacity.bitsPerSecond(step);
  }

  /** The recording's time 0 is this moment, which may lie before or after the present one. */
  void begin(long nanos) {
    beginNanos = nanos;
  }

  /** Bytes that can cross in a while that begins at this moment. */
  double bytesWithin(long nanos, double seconds) {
    if (nanos < beginNanos) {
      return still.bitsPerSecond(0) * seconds / 8;
    }
    double start = seconds(nanos);
    return (capacity.bitsUntil(start + seconds) - capacity.bitsUntil(start)) / 8;
  }

  /** When bytes that start at this moment, and have the link for themselves, have crossed. */
  long finishNanos(long startNanos, int bytes) {
    double bits = 8.0 * bytes;
    if (startNanos < beginNanos) {
      return startNanos + (long) Math.ceil(still.finish(0, bits) * NANOS);
    }
    double finish = capacity.finish(seconds(startNanos), bits);
    return Math.max(startNanos, beginNanos + (long) Math.ceil(finish * NANOS));
  }

  /** Half of the round trip that is in force at this moment. */
  long delayNanos(long nanos) {
    double within = nanos < beginNanos ? 0 : seconds(nanos) % capacity.periodSeconds();
    return Math.round(roundTrip.at(within) / 2 * NANOS);
  }

  private double seconds(long nanos) {
    return (nanos - beginNanos) / NANOS;
  }
}
