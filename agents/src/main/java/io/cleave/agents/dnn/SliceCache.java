package io.cleave.agents.dnn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Slices that are ready, up to a limit: the one that was not used for longest goes first, but none
 * that is in use. Each is made once, however many ask for it at the same time.
 */
final class SliceCache implements AutoCloseable {
  private final SliceLimits limits;
  private final Map<SliceKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  SliceCache(SliceLimits limits) {
    this.limits = limits;
  }

  /** A slice in the hands of one user, who closes it after use. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private final Slice slice;

    private Lease(Entry entry, Slice slice) {
      this.entry = entry;
      this.slice = slice;
    }

    Slice slice() {
      return slice;
    }

    @Override
    public void close() {
      leave(entry);
    }
  }

  private static final class Entry {
    private int users; // guarded by the cache
    private boolean gone; // guarded by the cache
    private volatile Optional<Slice> slice = Optional.empty(); // made under the entry's own lock
  }

  /** The slice of this key, made now if it is not there. */
  Lease enter(SliceKey key, Supplier<Slice> maker) {
    Entry entry = enter(key);
    try {
      synchronized (entry) {
        if (entry.slice.isEmpty()) {
          entry.slice = Optional.of(maker.get());
        }
        return new Lease(entry, entry.slice.get());
      }
    } catch (RuntimeException error) {
      leave(entry);
      throw error;
    }
  }

  synchronized boolean holds(SliceKey key) {
    Entry entry = entries.get(key);
    return entry != null && entry.slice.isPresent();
  }

  /** Of the files of all slices that are there. */
  synchronized long heldBytes() {
    return entries.values().stream().mapToLong(SliceCache::bytes).sum();
  }

  private synchronized Entry enter(SliceKey key) {
    if (closed) {
      throw new IllegalStateException("The slices are closed.");
    }
    Entry entry = entries.computeIfAbsent(key, any -> new Entry());
    entry.users++;
    return entry;
  }

  private synchronized void leave(Entry entry) {
    entry.users--;
    if (entry.gone) {
      closeIfUnused(entry);
    }
    shrink();
  }

  /** Entries run from the one that was not used for longest to the latest. */
  private void shrink() {
    entries.values().removeIf(entry -> entry.users == 0 && entry.slice.isEmpty());
    long bytes = heldBytes();
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext() && (entries.size() > limits.slices() || bytes > limits.bytes())) {
      Entry entry = oldest.next();
      boolean latest = !oldest.hasNext();
      if (entry.users == 0 && !latest) {
        bytes -= bytes(entry);
        oldest.remove();
        entry.slice.ifPresent(Slice::close);
      }
    }
  }

  private static long bytes(Entry entry) {
    return entry.slice.map(Slice::bytes).orElse(0L);
  }

  /** Slices in use are closed by their last user. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Entry entry : entries.values()) {
      entry.gone = true;
      closeIfUnused(entry);
    }
    entries.clear();
  }

  private static void closeIfUnused(Entry entry) {
    if (entry.users == 0) {
      entry.slice.ifPresent(Slice::close);
    }
  }
}
