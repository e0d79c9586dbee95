package io.cleave.agents.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What happened to the calls of a server since it began. Thread-safe. */
public final class DataCounts {
  private final Map<DataEvent, LongAdder> events = new EnumMap<>(DataEvent.class);
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

  DataCounts() {
    Arrays.stream(DataEvent.values()).forEach(event -> events.put(event, new LongAdder()));
    Arrays.stream(Refusal.values()).forEach(refusal -> refusals.put(refusal, new LongAdder()));
  }

  /** How often this happened. */
  public long count(DataEvent event) {
    return adder(events, event).sum();
  }

  /** How many calls were refused for this. */
  public long count(Refusal refusal) {
    return adder(refusals, refusal).sum();
  }

  /** How many calls were refused. */
  public long refused() {
    return refusals.values().stream().mapToLong(LongAdder::sum).sum();
  }

  void add(DataEvent event) {
    adder(events, event).increment();
  }

  void add(Refusal refusal) {
    adder(refusals, refusal).increment();
  }

  private static <E> LongAdder adder(Map<E, LongAdder> adders, E key) {
    return Objects.requireNonNull(adders.get(key));
  }
}
