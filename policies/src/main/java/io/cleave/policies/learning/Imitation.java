package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns from what each way of past moments would really have cost: a policy's expected cost is
 * made as small as possible, with corrections no larger than that takes: so they mean seconds, and
 * not only an order.
 */
final class Imitation {
  private final TrainablePerceptron scorer;
  private final float temperature;
  private final float caution;
  private final Optimizer optimizer;
  private final NDManager manager;

  /**
   * @param steps over which the rate of learning falls to 0
   */
  Imitation(TrainablePerceptron scorer, PolicyRecipe recipe, int steps, NDManager manager) {
    this.scorer = scorer;
    this.temperature = (float) recipe.temperature();
    this.caution = (float) recipe.caution();
    this.manager = manager;
    Tracker rate =
        Tracker.cosine()
            .setBaseValue((float) recipe.rate())
            .optFinalValue(0f)
            .setMaxUpdates(Math.max(1, steps))
            .build();
    this.optimizer = Optimizer.adam().optLearningRateTracker(rate).build();
  }

  /** One step down; the mean cost of the policy over these lessons. */
  double step(List<Lesson> lessons) {
    try (NDManager scratch = manager.newSubManager()) {
      List<Moment> moments = new ArrayList<>(lessons.size());
      lessons.forEach(lesson -> moments.add(lesson.moment()));
      Batch batch = Batch.of(moments, temperature, scratch);
      NDArray costs = costs(lessons, batch.base().getShape(), scratch);
      double mean;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray corrections = batch.corrections(scorer);
        NDArray policy = batch.logPolicy(corrections, temperature).exp();
        NDArray cost = policy.mul(costs).sum(new int[] {1}).mean();
        NDArray strayed = corrections.square().sum(new int[] {1}).mean();
        mean = cost.getFloat();
        collector.backward(cost.add(strayed.mul(caution)));
      }
      scorer.learned(this::descend);
      return mean;
    }
  }

  private static NDArray costs(List<Lesson> lessons, Shape shape, NDManager scratch) {
    int ways = (int) shape.get(1);
    float[] costs = new float[lessons.size() * ways];
    for (int i = 0; i < lessons.size(); i++) {
      double[] cost = lessons.get(i).cost();
      for (int way = 0; way < cost.length; way++) {
        costs[i * ways + way] = (float) cost[way];
      }
    }
    return scratch.create(costs, shape);
  }

  private void descend(String name, NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      optimizer.update(name, weight, gradient);
      gradient.subi(gradient);
    }
  }
}
