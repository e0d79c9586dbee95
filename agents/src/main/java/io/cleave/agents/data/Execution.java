package io.cleave.agents.data;

import java.util.concurrent.CompletableFuture;

/**
 * One piece of work and those who wait for it. Guarded by {@link Executions}, but for the answer.
 */
final class Execution {
  private final SliceTask task;
  private final CompletableFuture<SliceAnswer> answer = new CompletableFuture<>();
  int waiting = 1;
  long doneNanos;

  Execution(SliceTask task) {
    this.task = task;
  }

  FrameKey key() {
    return task.key();
  }

  SliceReference slice() {
    return task.slice();
  }

  /** Completes with the answer; is cancelled when nobody waits any more. */
  CompletableFuture<SliceAnswer> answer() {
    return answer;
  }

  boolean answered() {
    return answer.isDone() && !answer.isCompletedExceptionally();
  }

  /**
   * Has the work done; once.
   *
   * @param done called when the answer is there, or is not to be
   */
  void start(Workbench workbench, Runnable done) {
    CompletableFuture<SliceAnswer> work = run(workbench);
    Futures.whenDone(work, this::settle);
    Futures.whenDone(
        answer,
        (result, failure) -> {
          if (answer.isCancelled()) {
            work.cancel(true);
          }
          done.run();
        });
  }

  private void settle(SliceAnswer result, Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(result);
    }
  }

  private CompletableFuture<SliceAnswer> run(Workbench workbench) {
    try {
      return workbench.run().apply(task);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
