package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;

/**
 * The weights by which limits become prices: of all blends the one whose best way is the dearest,
 * roughly, since any blend bounds.
 *
 * <p>Source: as {@link Outlook}.
 */
final class Relaxation {
  private static final int ROUNDS = 60;
  private static final int PATIENCE = 5; // rounds without a better bound until steps are halved
  private static final double GUESS = 0.1; // of the bound, by which the best way may be above it

  private final DnnGraph graph;
  private final Legs legs;
  private final Aim aim;
  private final Expense queue;

  Relaxation(DnnGraph graph, Legs legs, Aim aim, Expense queue) {
    this.graph = graph;
    this.legs = legs;
    this.aim = aim;
    this.queue = queue;
  }

  /**
   * Bounds what counts, of ways that keep the limits.
   *
   * @param standing of the best way known
   */
  Bound cost(Aim.Standing standing) {
    double[] prices = new double[Limits.FIGURES]; // of taking a whole limit
    Bound best = Bound.of(graph, legs, priced(prices));
    Bound tried = best;
    double most = best.whole(queue);
    double step = 1;
    int idle = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] over = aim.limits().over(queue.plus(tried.floors().whole()));
      double square = 0;
      for (int i = 0; i < over.length; i++) {
        over[i] = prices[i] == 0 && over[i] < 0 ? 0 : over[i]; // no price is below 0
        square += over[i] * over[i];
      }
      if (square == 0 || !(most < Double.POSITIVE_INFINITY)) {
        return best;
      }
      double value = tried.whole(queue);
      double goal = standing.excess() == 0 ? standing.cost() : most + GUESS * Math.abs(most);
      for (int i = 0; i < over.length; i++) {
        prices[i] = Math.max(0, prices[i] + step * Math.max(0, goal - value) / square * over[i]);
      }
      tried = Bound.of(graph, legs, priced(prices));
      idle++;
      if (tried.whole(queue) > most) {
        best = tried;
        most = tried.whole(queue);
        idle = 0;
      }
      step = idle > 0 && idle % PATIENCE == 0 ? step / 2 : step;
    }
    return best;
  }

  private Blend priced(double[] prices) {
    double sum = 0;
    for (double price : prices) {
      sum += price;
    }
    return new Blend(aim.objective().weights().plus(aim.limits().shares(prices)), sum);
  }

  /** Bounds the greatest excess, of all ways: a mean of the excesses is not above it. */
  Bound excess() {
    double[] weights = aim.limits().evenly();
    Bound best = Bound.of(graph, legs, new Blend(aim.limits().shares(weights), 1));
    Bound tried = best;
    for (int round = 1; round <= ROUNDS; round++) {
      double[] over = aim.limits().over(queue.plus(tried.floors().whole()));
      double sum = 0;
      for (int i = 0; i < over.length; i++) {
        double rise = Math.max(-1, Math.min(1, over[i])) / Math.sqrt(round);
        weights[i] *= Math.exp(rise);
        sum += weights[i];
      }
      for (int i = 0; i < over.length; i++) {
        weights[i] /= sum;
      }
      tried = Bound.of(graph, legs, new Blend(aim.limits().shares(weights), 1));
      best = tried.whole(queue) > best.whole(queue) ? tried : best;
    }
    return best;
  }
}
