package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import java.util.concurrent.Executor;

/** Tells a listener, on its own executor, in order, and the end exactly once. Thread-safe. */
final class Teller<T> {
  private static final long STEP_NANOS = 10_000_000;

  private final CallListener<T> listener;
  private final Executor executor;
  private long upBytes;
  private long downBytes;
  private long toldUpBytes;
  private long toldDownBytes;
  private long toldNanos = Long.MIN_VALUE / 2;
  private boolean ended;

  Teller(CallListener<T> listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  synchronized void uploaded(long bytes, boolean last) {
    upBytes = bytes;
    tell(last);
  }

  synchronized void downloaded(long bytes, boolean last) {
    downBytes = bytes;
    tell(last);
  }

  private void tell(boolean anyway) {
    long now = System.nanoTime();
    if (ended || (!anyway && now - toldNanos < STEP_NANOS)) {
      return;
    }
    toldNanos = now;
    if (upBytes > toldUpBytes) {
      toldUpBytes = upBytes;
      double bits = upBytes * 8.0;
      executor.execute(() -> listener.uploadedBits().accept(bits));
    }
    if (downBytes > toldDownBytes) {
      toldDownBytes = downBytes;
      double bits = downBytes * 8.0;
      executor.execute(() -> listener.downloadedBits().accept(bits));
    }
  }

  synchronized boolean ended() {
    return ended;
  }

  synchronized void answered(T result) {
    end(new Outcome.Answered<>(result));
  }

  synchronized void failed(Failure failure, String message) {
    end(new Outcome.Failed<>(failure, message));
  }

  private void end(Outcome<T> outcome) {
    if (!ended) {
      tell(true);
      ended = true;
      executor.execute(() -> listener.ended().accept(outcome));
    }
  }
}
