package io.cleave.agents.dnn;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.Softmax;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Where frames may leave a network, and how sure its answer must be.
 *
 * @param tensor name of the exit's answer: numbers before the softmax, one a class
 * @param signal what the threshold is compared with
 * @param classes that are told apart, at least 2
 * @param threshold in the signal's range; absent where every frame leaves
 */
public record Gate(String tensor, ExitSignal signal, int classes, OptionalDouble threshold) {
  public Gate {
    List<Double> thresholds = threshold.stream().boxed().toList();
    ExitRule.of(signal, classes, 1 + thresholds.size(), thresholds); // refuses what cannot be
  }

  /**
   * True if a frame with this answer leaves; one of several samples if all of them do. An answer
   * that is not a number leaves only where every frame does.
   *
   * @throws IllegalArgumentException if the answer is not of so many classes
   */
  public boolean leaves(TensorValue answer) {
    FloatBuffer values = answer.data().asFloatBuffer();
    if (answer.kind() != ElementKind.FLOAT32
        || values.remaining() == 0
        || values.remaining() % classes != 0) {
      throw new IllegalArgumentException(
          "The exit '%s' must answer with %d floats a sample, not with %s of %s."
              .formatted(tensor, classes, answer.kind(), answer.shape()));
    }
    float[] logits = new float[values.remaining()];
    values.get(logits);
    boolean all = true;
    for (int from = 0; from < logits.length && threshold.isPresent(); from += classes) {
      all &= signal.leaves(value(Softmax.of(logits, from, classes)), threshold.getAsDouble());
    }
    return all;
  }

  private double value(Softmax softmax) {
    return signal == ExitSignal.ENTROPY ? softmax.entropy() : softmax.confidence();
  }
}
