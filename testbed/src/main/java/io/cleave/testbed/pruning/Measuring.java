package io.cleave.testbed.pruning;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.exits.ExitEvaluation;
import java.util.List;
import java.util.stream.IntStream;

/** Tells what a network's exits answer rightly; what the whole network does is measured once. */
public final class Measuring {
  private final LabelledImages validating;
  private final LabelledImages test;
  private final List<PrunedSeed.Measured> whole;

  /**
   * Asks the whole network.
   *
   * @param validating said which weights are best
   * @param test only tell the result
   */
  public Measuring(TrainedNetwork whole, LabelledImages validating, LabelledImages test) {
    this.validating = validating;
    this.test = test;
    this.whole = both(whole);
  }

  /** The network before any filter went, exit by exit. */
  List<PrunedSeed.Measured> whole() {
    return whole;
  }

  /** Exit by exit. */
  List<PrunedSeed.Measured> both(TrainedNetwork network) {
    List<Double> validation = right(network, validating);
    List<Double> tested = right(network, test);
    return IntStream.range(0, tested.size())
        .mapToObj(exit -> new PrunedSeed.Measured(validation.get(exit), tested.get(exit)))
        .toList();
  }

  /** Of the test images, exit by exit. */
  List<Double> test(TrainedNetwork network) {
    return right(network, test);
  }

  private static List<Double> right(TrainedNetwork network, LabelledImages images) {
    int classes = network.architecture().classes();
    ExitAnswers answers = ExitEvaluation.of(network.bytes(), images, classes);
    return IntStream.range(0, answers.exits().size()).mapToObj(answers::accuracy).toList();
  }
}
