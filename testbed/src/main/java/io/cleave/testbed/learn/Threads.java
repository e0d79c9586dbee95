package io.cleave.testbed.learn;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many threads that do tasks; to be closed when no more will come. */
public final class Threads implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * @param count at least 1
   */
  public Threads(int count) {
    this.threads = Executors.newFixedThreadPool(count);
  }

  /**
   * Returns when all are done.
   *
   * @throws RuntimeException that one of them threw
   */
  public void run(List<Runnable> tasks) {
    try {
      List<Callable<Object>> calls = tasks.stream().map(Executors::callable).toList();
      for (Future<Object> done : threads.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException error) {
      if (error.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A run failed.", error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The runs were interrupted.", error);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
