package io.cleave.agents.dnn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Where slices are made ready in the background, one after the other. Thread-safe. */
public final class Background implements AutoCloseable {
  /** The largest network that is run here takes some seconds. */
  private static final long PATIENCE_SECONDS = 30;

  private final ExecutorService thread;

  /**
   * @param name of its thread, in logs
   */
  public Background(String name) {
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Does it when its turn comes. */
  public CompletableFuture<Void> submit(Runnable making) {
    return CompletableFuture.runAsync(making, thread);
  }

  /**
   * Begins nothing more, and waits for what is under way: a program that ends while the engine
   * loads a slice ends with a fault of memory.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
