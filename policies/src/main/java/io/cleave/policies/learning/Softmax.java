package io.cleave.policies.learning;

import java.util.SplittableRandom;

/**
 * A policy that takes ways at random, the cheaper ones more often: the softmax over what the cost
 * model expects and a network corrects. Owned by one thread.
 */
final class Softmax {
  private final Perceptron scorer;
  private final double temperature;

  Softmax(Perceptron scorer, double temperature) {
    this.scorer = scorer;
    this.temperature = temperature;
  }

  /** [way] corrected cost as a share of the seconds alone. */
  double[] costs(Moment moment) {
    double[] costs = moment.expected().clone();
    float[] row = new float[Moment.WIDTH];
    for (int way = 1; way < costs.length; way++) {
      if (costs[way] < Double.POSITIVE_INFINITY) {
        System.arraycopy(moment.features(), way * Moment.WIDTH, row, 0, Moment.WIDTH);
        costs[way] -= scorer.answer(scorer.layers().get(0).bias(), row);
      }
    }
    return costs;
  }

  /** [way] how likely each is. */
  double[] likely(double[] costs) {
    double least = Double.POSITIVE_INFINITY;
    for (double cost : costs) {
      least = Math.min(least, cost);
    }
    double[] likely = new double[costs.length];
    double sum = 0;
    for (int way = 0; way < costs.length; way++) {
      likely[way] = Math.exp((least - costs[way]) / temperature);
      sum += likely[way];
    }
    for (int way = 0; way < costs.length; way++) {
      likely[way] /= sum;
    }
    return likely;
  }

  /** The way that costs least. */
  int best(Moment moment) {
    return best(costs(moment));
  }

  static int drawn(double[] likely, SplittableRandom random) {
    double left = random.nextDouble();
    for (int way = 0; way < likely.length; way++) {
      left -= likely[way];
      if (left < 0) {
        return way;
      }
    }
    return 0;
  }

  static int best(double[] costs) {
    int best = 0;
    for (int way = 1; way < costs.length; way++) {
      best = costs[way] < costs[best] ? way : best;
    }
    return best;
  }
}
