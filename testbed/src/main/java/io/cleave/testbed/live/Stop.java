package io.cleave.testbed.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody's wish that a world ends now; any thread may have it. */
public final class Stop {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CompletableFuture<Boolean> asked = new CompletableFuture<>();

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
   * Has the wish when the program is told to end, by Ctrl-C or otherwise, and lets this thread
   * finish its work before the program is gone.
   */
  public Stop onShutdown() {
    Thread worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> askAndWait(worker), "stop"));
    return this;
  }

  private void askAndWait(Thread worker) {
    ask();
    try {
      worker.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
