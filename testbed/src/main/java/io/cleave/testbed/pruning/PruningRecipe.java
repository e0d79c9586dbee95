package io.cleave.testbed.pruning;

import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.FilterCriterion;

/**
 * How a trained network loses filters.
 *
 * @param share of the filters that can go, 0 to below 1
 * @param rounds in which they go, as many in each; at least 1
 * @param criterion by which they are ranked
 * @param lasso strength of the group lasso in all rounds but the last, at least 0
 * @param ranking images of the training set by which filters are ranked
 * @param tuning how the network is trained after each round
 */
public record PruningRecipe(
    double share,
    int rounds,
    FilterCriterion criterion,
    double lasso,
    int ranking,
    ExitRecipe tuning) {
  /** Of its filters a convolution keeps at least this share. */
  static final double KEPT = 0.1;

  public PruningRecipe {
    if (!(share >= 0) || !(share < 1)) {
      throw new IllegalArgumentException(
          "The share of filters that go is at least 0 and below 1, not %s.".formatted(share));
    }
    if (rounds < 1 || ranking < 1) {
      throw new IllegalArgumentException(
          "Filters go in at least 1 round and are ranked by at least 1 image, not %d and %d."
              .formatted(rounds, ranking));
    }
  }
}
