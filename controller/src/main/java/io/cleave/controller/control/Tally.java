package io.cleave.controller.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts by kind, which are metrics too. Thread-safe.
 *
 * @param <E> the kinds
 */
public final class Tally<E extends Enum<E>> {
  private final List<E> kinds;
  private final Map<E, Counter> counters;

  /**
   * All at 0.
   *
   * @param name of the metric
   * @param tag that tells the kinds apart
   */
  Tally(MeterRegistry meters, String name, String tag, Class<E> type) {
    kinds = List.of(type.getEnumConstants());
    counters = new EnumMap<>(type);
    kinds.forEach(kind -> counters.put(kind, meters.counter(name, tag, name(kind))));
  }

  /** One more. */
  public void add(E kind) {
    counter(kind).increment();
  }

  public long count(E kind) {
    return (long) counter(kind).count();
  }

  public long sum() {
    return kinds.stream().mapToLong(this::count).sum();
  }

  /** Counts above 0 by the kinds' names in lower case. */
  public Map<String, Long> byName() {
    Map<String, Long> counts = new TreeMap<>();
    for (E kind : kinds) {
      if (count(kind) > 0) {
        counts.put(name(kind), count(kind));
      }
    }
    return counts;
  }

  private Counter counter(E kind) {
    return Objects.requireNonNull(counters.get(kind));
  }

  /** In lower case. */
  public String name(E kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The counts above 0 as JSON. */
  @Override
  public String toString() {
    return byName().entrySet().stream()
        .map(count -> "\"%s\":%d".formatted(count.getKey(), count.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
