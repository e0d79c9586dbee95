package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import java.util.Optional;

/**
 * What a way that has come so far can become at best: bounds by each figure for itself, and by two
 * blends of the figures, which see that one can be had only for another.
 *
 * <p>Source: Lagrangian relaxation of a constrained shortest path: Handler, Zang, "A dual algorithm
 * for the constrained shortest path problem", Networks 10, 1980; weights by subgradients (Held,
 * Wolfe, Crowder, Mathematical Programming 6, 1974).
 */
final class Outlook {
  private static final double ROUNDING = 1e-9;

  private final Aim aim;
  private final Floors floors;
  private final Optional<Bound> cost; // of ways that keep the limits
  private final Optional<Bound> excess; // of all ways

  private Outlook(Aim aim, Floors floors, Optional<Bound> cost, Optional<Bound> excess) {
    this.aim = aim;
    this.floors = floors;
    this.cost = cost;
    this.excess = excess;
  }

  /**
   * Time O(layers + reads).
   *
   * @param queue what passes before the first layer
   * @param standing of the best way known
   */
  static Outlook of(DnnGraph graph, Legs legs, Aim aim, Expense queue, Aim.Standing standing) {
    int limits = aim.limits().count();
    Relaxation relaxation = new Relaxation(graph, legs, aim, queue);
    return new Outlook(
        aim,
        Floors.of(graph, legs, Expense::least),
        limits == 0 ? Optional.empty() : Optional.of(relaxation.cost(standing)),
        limits < 2 ? Optional.empty() : Optional.of(relaxation.excess()));
  }

  /** A way that begins like this is not better than that. */
  Aim.Standing promise(Expense expense, Floors.Place place) {
    Aim.Standing least = aim.of(expense.plus(floors.rest(place)));
    double over = excess.isPresent() ? excess.get().of(expense, place) - ROUNDING : 0;
    double dearer = Double.NEGATIVE_INFINITY;
    if (cost.isPresent()) {
      double bound = cost.get().of(expense, place);
      dearer = bound - ROUNDING * (Math.abs(bound) + cost.get().blend().less());
    }
    return new Aim.Standing(Math.max(least.excess(), over), Math.max(least.cost(), dearer));
  }
}
