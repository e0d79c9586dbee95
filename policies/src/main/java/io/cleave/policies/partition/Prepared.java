package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Codec;
import java.util.EnumMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * What a planner works out once for each network and codec; graphs count as the same by identity,
 * and are forgotten when nobody else holds them. Owned by one thread.
 *
 * @param <T> must not refer to the graph
 */
final class Prepared<T> {
  private final Map<DnnGraph, Map<Codec, T>> byGraph = new WeakHashMap<>();
  private final Function<Skeleton, T> prepare;
  private final double mostLost;

  Prepared(Function<Skeleton, T> prepare) {
    this(prepare, 1);
  }

  /**
   * @param mostLost as in {@link Skeleton#of(DnnGraph, Codec, double)}
   */
  Prepared(Function<Skeleton, T> prepare, double mostLost) {
    this.prepare = prepare;
    this.mostLost = mostLost;
  }

  /** Of tensors that cross as they are. */
  T of(DnnGraph graph) {
    return of(graph, Codec.FP32);
  }

  T of(DnnGraph graph, Codec codec) {
    return byGraph
        .computeIfAbsent(graph, any -> new EnumMap<>(Codec.class))
        .computeIfAbsent(codec, any -> prepare.apply(Skeleton.of(graph, codec, mostLost)));
  }
}
