package io.cleave.agents.loop;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One thread with timers and a clock that never jumps: it starts at the system's time and goes on
 * by the monotonic counter. Work is done in the order in which it is given; work that fails is
 * logged and counted, and the loop goes on.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Loop.class);
  private static final double NANOS = 1e9;
  private static final long STOP_SECONDS = 5;

  private final ScheduledThreadPoolExecutor executor;
  private final Instant origin = Instant.now();
  private final long originNanos = System.nanoTime();
  private final AtomicLong failures = new AtomicLong();

  /**
   * @param name of its thread
   */
  public Loop(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Something that will happen unless it is cancelled. */
  public interface Timer {
    void cancel();
  }

  /** Seconds since 1970. */
  public double now() {
    return origin.getEpochSecond()
        + origin.getNano() / NANOS
        + (System.nanoTime() - originNanos) / NANOS;
  }

  /** The same as {@link #now}. */
  public Instant instant() {
    return origin.plusNanos(System.nanoTime() - originNanos);
  }

  /** Soon, on the loop's thread; dropped if the loop is closed. */
  public void execute(Runnable work) {
    try {
      executor.execute(guarded(work));
    } catch (RejectedExecutionException closed) {
      LOG.debug("Work came after the end");
    }
  }

  /** The result of some work on the loop's thread; fails if the work does. */
  public <T> CompletableFuture<T> ask(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    execute(
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  /** After a delay, on the loop's thread; at once if it is not above 0. */
  public Timer after(double seconds, Runnable work) {
    long nanos = (long) Math.max(0, seconds * NANOS);
    try {
      var task = executor.schedule(guarded(work), nanos, TimeUnit.NANOSECONDS);
      return () -> task.cancel(false);
    } catch (RejectedExecutionException closed) {
      LOG.debug("A timer was set after the end");
      return () -> {};
    }
  }

  /** Pieces of work that failed by a mistake of ours. */
  public long failures() {
    return failures.get();
  }

  /** The one place that keeps the live loop alive. */
  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error mistake) { // a frame must not take the others with it
        failures.incrementAndGet();
        LOG.error("A piece of the loop's work failed; the loop goes on", mistake);
      }
    };
  }

  /** Ends after the work at hand; timers that wait are dropped. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
