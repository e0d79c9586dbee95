package io.cleave.transport.tensor;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all calls together may hold for tensors under way. Thread-safe. */
public final class ByteBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /** A budget of so many bytes. */
  public ByteBudget(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A budget must be at least 1 byte, not " + bytes);
    }
    this.most = bytes;
  }

  /** Bytes that are held now. */
  public long held() {
    return held.get();
  }

  /** Takes so many bytes, or none and false if they are not there. */
  boolean take(long bytes) {
    long now = held.addAndGet(bytes);
    if (now > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }
}
