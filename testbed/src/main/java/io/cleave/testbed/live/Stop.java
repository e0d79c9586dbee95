package io.cleave.testbed.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody's wish that a world ends now; any thread may have it. */
public final class Stop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
  private final CountDownLatch done = new CountDownLatch(1);

  /** Thrown where a world was about to begin something when the wish came. */
  public static final class Asked extends RuntimeException {
    private static final long serialVersionUID = 1;

    Asked() {
      super("The world was told to end.");
    }
  }

  public void ask() {
    asked.complete(true);
  }

  public boolean asked() {
    return asked.isDone();
  }

  /** Completes with the wish. */
  CompletableFuture<Boolean> future() {
    return asked;
  }

  /** Throws {@link Asked} if the wish has come. */
  public void check() {
    if (asked()) {
      throw new Asked();
    }
  }

  /** Waits; true at once if the wish comes meanwhile. */
  boolean asked(Duration limit) {
    try {
      return asked.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Nobody lets the wish fail.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Has the wish when the program is told to end, by Ctrl-C or otherwise; the program then waits
   * until this is closed.
   */
  public static Stop onShutdown() {
    Stop stop = new Stop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::askAndWait, "stop"));
    return stop;
  }

  private void askAndWait() {
    ask();
    try {
      done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was to be done is done. */
  @Override
  public void close() {
    done.countDown();
  }
}
