package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;

/**
 * What no way can be below in a blend of its figures.
 *
 * @param blend of the figures
 * @param floors the cheapest rests by it
 */
record Bound(Blend blend, Floors floors) {
  static Bound of(DnnGraph graph, Legs legs, Blend blend) {
    return new Bound(blend, Floors.of(graph, legs, blend::cheaper));
  }

  /** The blend of the best way of all. */
  double whole(Expense queue) {
    return blend.of(queue.plus(floors.whole()));
  }

  /** The same of the ways that begin like this, as {@link Floors#rest}. */
  double of(Expense expense, Floors.Place place) {
    return blend.of(expense.plus(floors.rest(place)));
  }
}
