package io.cleave.agents.frame;

import java.util.concurrent.atomic.AtomicLong;

/** What became of decisions that came in. Read by any thread. */
public final class AdoptionCounts {
  final AtomicLong adopted = new AtomicLong();
  final AtomicLong switches = new AtomicLong();
  final AtomicLong renewed = new AtomicLong();
  final AtomicLong stale = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong incomplete = new AtomicLong();

  /** Taken into force. */
  public long adopted() {
    return adopted.get();
  }

  /** Of the adopted, those that changed the plan. */
  public long switches() {
    return switches.get();
  }

  /** Came again: the lease was prolonged. */
  public long renewed() {
    return renewed.get();
  }

  /** Older than one that came before. */
  public long stale() {
    return stale.get();
  }

  /** Cannot be run on this device. */
  public long refused() {
    return refused.get();
  }

  /** Of the adopted, those with plans that were not ready in time. */
  public long incomplete() {
    return incomplete.get();
  }
}
