package io.cleave.policies.learning;

/** Takes the way of least cost, as the cost model expects it and a network corrects it. */
record Greedy(Perceptron scorer) {
  /** The way that costs least. */
  int best(Moment moment) {
    double[] costs = moment.expected().clone();
    float[] row = new float[Moment.WIDTH];
    for (int way = 1; way < costs.length; way++) {
      if (costs[way] < Double.POSITIVE_INFINITY) {
        System.arraycopy(moment.features(), way * Moment.WIDTH, row, 0, Moment.WIDTH);
        costs[way] -= scorer.answer(scorer.layers().get(0).bias(), row);
      }
    }
    return best(costs);
  }

  static int best(double[] costs) {
    int best = 0;
    for (int way = 1; way < costs.length; way++) {
      best = costs[way] < costs[best] ? way : best;
    }
    return best;
  }
}
