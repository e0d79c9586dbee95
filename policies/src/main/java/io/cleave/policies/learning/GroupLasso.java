package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.cleave.policies.onnx.FilterGroup;
import java.util.List;

/**
 * Draws whole filters to zero while a network learns: strength times the sum over filters of
 * sqrt(n) times the length of the filter's n weights. Source: Yuan and Lin, "Model selection and
 * estimation in regression with grouped variables", 2006; of filters Wen et al., "Learning
 * structured sparsity in deep neural networks", NIPS 2016 (both as remembered).
 *
 * @param strength at least 0, which is none
 * @param groups whose filters are drawn
 */
public record GroupLasso(double strength, List<FilterGroup> groups) {
  private static final float ROUND = 1e-12f; // a length has no slope at 0

  public GroupLasso {
    groups = List.copyOf(groups);
    if (!(strength >= 0) || strength == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "The strength of a group lasso is at least 0, not %s.".formatted(strength));
    }
  }

  /** Draws nothing. */
  public static GroupLasso none() {
    return new GroupLasso(0, List.of());
  }

  /**
   * The loss and what the filters' lengths add.
   *
   * @param scratch that owns what is computed on the way
   */
  NDArray added(NDArray loss, TrainableNetwork network, NDManager scratch) {
    NDArray sum = loss;
    for (FilterGroup group : strength > 0 ? groups : List.<FilterGroup>of()) {
      NDArray kernel = network.kernel(group.kernel());
      double each = (double) kernel.size() / group.filters();
      NDArray lengths =
          scratch
              .create(1f)
              .mul(kernel)
              .square()
              .sum(new int[] {1, 2, 3})
              .add(scratch.create(ROUND))
              .sqrt()
              .sum();
      sum = sum.add(lengths.mul(scratch.create((float) (strength * Math.sqrt(each)))));
    }
    return sum;
  }
}
