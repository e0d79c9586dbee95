package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Moments side by side, as the engine takes them; moments with fewer ways than others are filled up
 * with ways that nobody takes.
 *
 * @param rows [moment * way x feature]
 * @param base [moment x way] logits that the cost model gives; -1e9 for ways that nobody takes
 * @param learnable [moment x way] 1 for ways whose logit the network may correct, else 0
 */
record Batch(NDArray rows, NDArray base, NDArray learnable) {
  private static final float NOBODY = -1e9f;

  /**
   * @param temperature cost, as a share of the seconds alone, by which a way is e times less likely
   */
  static Batch of(List<Moment> moments, float temperature, NDManager manager) {
    int ways = moments.stream().mapToInt(Moment::ways).max().orElseThrow();
    int count = moments.size();
    float[] rows = new float[count * ways * Moment.WIDTH];
    float[] base = new float[count * ways];
    float[] learnable = new float[count * ways];
    java.util.Arrays.fill(base, NOBODY);
    for (int i = 0; i < count; i++) {
      Moment moment = moments.get(i);
      int at = i * ways;
      System.arraycopy(moment.features(), 0, rows, at * Moment.WIDTH, moment.features().length);
      for (int way = 0; way < moment.ways(); way++) {
        boolean answers = moment.expected()[way] < Double.POSITIVE_INFINITY;
        if (answers) {
          base[at + way] = (float) -moment.expected()[way] / temperature;
          learnable[at + way] = way == 0 ? 0 : 1;
        }
      }
    }
    return new Batch(
        manager.create(rows, new Shape((long) count * ways, Moment.WIDTH)),
        manager.create(base, new Shape(count, ways)),
        manager.create(learnable, new Shape(count, ways)));
  }

  /** [moment x way] what a network corrects, in shares of the seconds alone. */
  NDArray corrections(TrainablePerceptron scorer) {
    return scorer.forward(rows).reshape(base.getShape()).mul(learnable);
  }

  /** [moment x way] log probabilities of the ways, so corrected. */
  NDArray logPolicy(NDArray corrections, float temperature) {
    return base.add(corrections.div(temperature)).logSoftmax(1);
  }
}
