package io.cleave.controller.control;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits to be taken, the newest for each key only: who is slow gets the latest, and memory is
 * bounded by the number of keys. Putting never blocks. Thread-safe.
 *
 * @param <T> of what waits
 */
public final class Mailbox<T> {
  private final Map<String, T> waiting = new LinkedHashMap<>();

  /** Puts in the newest of its key; what waited under it is gone, and its place is kept. */
  public synchronized void put(String key, T newest) {
    waiting.put(key, newest);
    notify();
  }

  /** Takes what has waited longest; waits until there is something. */
  public synchronized T take() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    Iterator<T> oldest = waiting.values().iterator();
    T taken = oldest.next();
    oldest.remove();
    return taken;
  }

  public synchronized int size() {
    return waiting.size();
  }
}
