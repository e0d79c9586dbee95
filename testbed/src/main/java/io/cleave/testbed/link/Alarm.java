package io.cleave.testbed.link;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Rings at a moment, late by about a twentieth of a millisecond on an idle machine. A selector can
 * only wait for whole milliseconds, which is the whole delay that the emulator may add. One moment
 * is set at a time; whoever is rung sets the next one.
 */
final class Alarm implements AutoCloseable {
  private final LongSupplier clock;
  private final Runnable ring;
  private final Thread thread;
  private volatile long atNanos = Lane.NEVER;
  private volatile boolean closed;

  /**
   * @param clock in nanoseconds; they are compared, so they must not wrap
   * @param ring is called on the alarm's own thread
   */
  Alarm(String name, LongSupplier clock, Runnable ring) {
    this.clock = clock;
    this.ring = ring;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Forgets the moment that was set, and rings at this one; {@link Lane#NEVER} for none. */
  void set(long nanos) {
    boolean sooner = nanos < atNanos;
    atNanos = nanos;
    if (sooner) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long at = atNanos;
      long left = at == Lane.NEVER ? Lane.NEVER : at - clock.getAsLong();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        atNanos = Lane.NEVER; // whoever is rung looks at everything and sets it anew
        ring.run();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    join(thread);
  }

  /** Waits for a thread that is about to end, whatever interrupts this one. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
