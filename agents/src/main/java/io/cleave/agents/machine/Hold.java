package io.cleave.agents.machine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for a moment more precisely than sleeping does. */
final class Hold {
  /** The system wakes a thread up to so much late; the rest is spent watching the clock. */
  private static final long WATCH_NANOS = 150_000;

  private Hold() {}

  /**
   * Returns when the clock shows this time or the condition holds. Who makes it hold unparks the
   * waiting thread.
   */
  static void until(long nanos, LongSupplier clock, BooleanSupplier ended) {
    while (!ended.getAsBoolean()) {
      long left = nanos - clock.getAsLong();
      if (left <= 0) {
        return;
      } else if (left > WATCH_NANOS) {
        LockSupport.parkNanos(left - WATCH_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
