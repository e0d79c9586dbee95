package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Codec;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * What a planner works out once for each network and codec, and bound on lost answers; graphs count
 * as the same by identity, and are forgotten when nobody else holds them. Owned by one thread.
 *
 * @param <T> must not refer to the graph
 */
final class Prepared<T> {
  private final Map<DnnGraph, Map<Form, T>> byGraph = new WeakHashMap<>();
  private final Function<Skeleton, T> prepare;

  private record Form(Codec codec, double mostLost) {}

  Prepared(Function<Skeleton, T> prepare) {
    this.prepare = prepare;
  }

  /** Of tensors that cross as they are. */
  T of(DnnGraph graph) {
    return of(graph, Codec.FP32, 1);
  }

  /** As {@link Skeleton#of(DnnGraph, Codec, double)}. */
  T of(DnnGraph graph, Codec codec, double mostLost) {
    return byGraph
        .computeIfAbsent(graph, any -> new HashMap<>())
        .computeIfAbsent(
            new Form(codec, mostLost), any -> prepare.apply(Skeleton.of(graph, codec, mostLost)));
  }
}
