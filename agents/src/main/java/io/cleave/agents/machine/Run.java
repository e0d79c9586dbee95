package io.cleave.agents.machine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work that was handed in. */
public final class Run {
  final Work work;
  final long submittedNanos;
  final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Consumer<Run> canceller;
  volatile boolean cancelled; // while it runs
  volatile boolean began;
  Optional<SliceRun> slice; // guarded by the machine; empty until it is decided
  Future<?> expiry = CompletableFuture.completedFuture(0); // guarded by the machine

  Run(Work work, long submittedNanos, Consumer<Run> canceller) {
    this.work = work;
    this.slice = work.known();
    this.submittedNanos = submittedNanos;
    this.canceller = canceller;
  }

  /**
   * What becomes of it; never fails. What depends on it is called on the machine's thread for
   * answers: whatever takes long or blocks belongs on another, or later answers are late.
   */
  public CompletableFuture<Outcome> outcome() {
    return outcome.copy();
  }

  /**
   * Calls it off; nothing happens if it is through. Waiting work leaves the line, held work ends at
   * once. A call of the engine cannot be interrupted: the outcome comes and the machine is free
   * when it ends, and its tensors are dropped.
   */
  public void cancel() {
    canceller.accept(this);
  }
}
