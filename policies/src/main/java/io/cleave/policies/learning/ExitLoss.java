package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.stream.IntStream;

/** How wrong the exits of a network are together. */
final class ExitLoss {
  private ExitLoss() {}

  /**
   * Weighted sum of the exits' cross entropies, each a mean over images. Weights are arrays that
   * live as long as the batch: the way back reads them once more.
   *
   * @param answers of each exit before the softmax, images x classes
   * @param weights of each exit, at least one of them above 0
   */
  static NDArray of(List<NDArray> answers, NDArray labels, List<Double> weights) {
    Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
    return IntStream.range(0, answers.size())
        .filter(exit -> weights.get(exit) > 0)
        .mapToObj(
            exit ->
                crossEntropy
                    .evaluate(new NDList(labels), new NDList(answers.get(exit)))
                    .mul(labels.getManager().create(weights.get(exit).floatValue())))
        .reduce(NDArray::add)
        .orElseThrow();
  }
}
