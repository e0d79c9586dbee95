package io.cleave.policies.learning;

import java.util.List;

/**
 * How a network with exits is trained: first its last exit alone, the trunk, then all together with
 * a weighted loss. Source: Teerapittayanon et al., "BranchyNet", ICPR 2016, whose loss, weights and
 * beginning from a trained trunk these are. <b>Differs:</b> stochastic gradient descent with
 * Nesterov's momentum and a cosine schedule instead of Adam.
 *
 * @param trunkEpochs times that all images are seen by the trunk alone; 0 begins with all exits
 * @param epochs times that all images are seen by all exits
 * @param batch images of a step
 * @param learningRate at the beginning of either part; falls to 0 as half a cosine
 * @param weightDecay of all that is learned
 * @param exitWeights of each exit's loss, the last included
 * @param patience epochs of the second part without progress on the validation images after which
 *     it ends
 * @param seed of weights, order and distortions
 */
public record ExitRecipe(
    int trunkEpochs,
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    List<Double> exitWeights,
    int patience,
    long seed) {
  public ExitRecipe {
    exitWeights = List.copyOf(exitWeights);
    if (trunkEpochs < 0 || epochs < 1 || batch < 2 || patience < 1) {
      throw new IllegalArgumentException(
          "A recipe takes at least 1 epoch, 2 images a batch and 1 epoch of patience, and no fewer than 0 epochs of the trunk; not %d, %d, %d and %d."
              .formatted(epochs, batch, patience, trunkEpochs));
    }
    if (!(learningRate > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "A learning rate is above 0, a weight decay at least 0; not %s and %s."
              .formatted(learningRate, weightDecay));
    }
    if (exitWeights.stream().anyMatch(weight -> !(weight > 0))) {
      throw new IllegalArgumentException(
          "Each exit's loss has a weight above 0, not %s.".formatted(exitWeights));
    }
  }
}
