package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import java.util.concurrent.Executor;

/**
 * Tells a listener, on its own executor, in order, and the end exactly once. Progress that comes
 * faster than the executor takes it is told together. Thread-safe.
 */
final class Teller<T> {
  private final CallListener<T> listener;
  private final Executor executor;
  private long upBytes;
  private long downBytes;
  private long toldUpBytes;
  private long toldDownBytes;
  private boolean telling;
  private boolean ended;

  Teller(CallListener<T> listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  synchronized void packed(Parcel parcel) {
    if (!ended) {
      executor.execute(() -> listener.packed().accept(parcel));
    }
  }

  synchronized void uploaded(long bytes) {
    upBytes = Math.max(upBytes, bytes);
    tell();
  }

  synchronized void downloaded(long bytes) {
    downBytes = Math.max(downBytes, bytes);
    tell();
  }

  private void tell() {
    boolean news = upBytes > toldUpBytes || downBytes > toldDownBytes;
    if (news && !telling && !ended) {
      telling = true;
      executor.execute(this::tellNow);
    }
  }

  private void tellNow() {
    double upBits;
    double downBits;
    synchronized (this) {
      telling = false;
      upBits = upBytes > toldUpBytes ? upBytes * 8.0 : 0;
      downBits = downBytes > toldDownBytes ? downBytes * 8.0 : 0;
      toldUpBytes = upBytes;
      toldDownBytes = downBytes;
    }
    if (upBits > 0) {
      listener.uploadedBits().accept(upBits);
    }
    if (downBits > 0) {
      listener.downloadedBits().accept(downBits);
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
      ended = true;
      executor.execute(() -> listener.ended().accept(outcome));
    }
  }
}
