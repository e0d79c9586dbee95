package io.cleave.transport.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publications that wait, in order: of retained messages the latest per topic, and never more than
 * a number of messages and bytes, of which the oldest give way.
 */
final class Outbox {
  private final int capacity;
  private final long capacityBytes;
  private final Map<Object, Pending> waiting = new LinkedHashMap<>();
  private long bytes;

  Outbox(int capacity, long capacityBytes) {
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
  }

  int size() {
    return waiting.size();
  }

  /** Puts it last, and returns those that gave way. */
  List<Pending> add(Pending pending) {
    List<Pending> gone = new ArrayList<>();
    Optional.ofNullable(waiting.remove(key(pending))).ifPresent(older -> leave(older, gone));
    waiting.put(key(pending), pending);
    bytes += pending.publication.payload().length;
    while (waiting.size() > capacity || (bytes > capacityBytes && waiting.size() > 1)) {
      Object oldest = waiting.keySet().iterator().next();
      Optional.ofNullable(waiting.remove(oldest)).ifPresent(older -> leave(older, gone));
    }
    return gone;
  }

  /** Puts these before all that wait, in their order, and returns those that gave way. */
  List<Pending> addFirst(Collection<Pending> earlier) {
    List<Pending> later = removeAll();
    List<Pending> gone = new ArrayList<>();
    earlier.forEach(pending -> gone.addAll(add(pending)));
    later.forEach(pending -> gone.addAll(add(pending)));
    return gone;
  }

  Optional<Pending> poll() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pending> first =
        Optional.ofNullable(waiting.remove(waiting.keySet().iterator().next()));
    first.ifPresent(pending -> bytes -= pending.publication.payload().length);
    return first;
  }

  List<Pending> removeAll() {
    List<Pending> all = List.copyOf(waiting.values());
    waiting.clear();
    bytes = 0;
    return all;
  }

  private void leave(Pending pending, List<Pending> gone) {
    bytes -= pending.publication.payload().length;
    gone.add(pending);
  }

  private static Object key(Pending pending) {
    return pending.publication.retain() ? pending.publication.topic() : pending;
  }
}
