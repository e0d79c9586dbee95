package io.cleave.testbed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/** So many threads that do tasks; to be closed when no more will come. */
public final class Threads implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * @param count at least 1
   */
  public Threads(int count) {
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** Returns when all are done; throws what one of them threw. */
  public void run(List<Runnable> tasks) {
    run(tasks, any -> {});
  }

  /**
   * Returns when all are done.
   *
   * @param done is told, by the caller's thread, how many are
   * @throws RuntimeException that one of them threw
   */
  public void run(List<Runnable> tasks, IntConsumer done) {
    ExecutorCompletionService<Object> running = new ExecutorCompletionService<>(threads);
    tasks.forEach(task -> running.submit(Executors.callable(task)));
    try {
      for (int count = 1; count <= tasks.size(); count++) {
        running.take().get();
        done.accept(count);
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
