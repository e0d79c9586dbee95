package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * What a planner works out once for each network; graphs count as the same by identity, and are
 * forgotten when nobody else holds them. Owned by one thread.
 *
 * @param <T> must not refer to the graph
 */
final class Prepared<T> {
  private final Map<DnnGraph, T> byGraph = new WeakHashMap<>();
  private final Function<Skeleton, T> prepare;

  Prepared(Function<Skeleton, T> prepare) {
    this.prepare = prepare;
  }

  T of(DnnGraph graph) {
    return byGraph.computeIfAbsent(graph, g -> prepare.apply(Skeleton.of(g)));
  }
}
