package io.cleave.agents.frame;

import io.cleave.policies.answers.Softmax;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a frame's answer says.
 *
 * @param exit that answered, 1 for the network's first; empty if all outputs answered
 * @param best the class with the largest value, from 0
 * @param confidence its softmax; NaN if the answer has one. It means something if the output is
 *     what comes before a softmax, as that of an exit is
 */
public record Verdict(OptionalInt exit, int best, double confidence) {
  /**
   * Of a network's outputs the last one's; empty if that is not one sample's floats, one a class.
   */
  static Optional<Verdict> of(List<TensorValue> outputs, OptionalInt exit) {
    TensorValue last = outputs.get(outputs.size() - 1);
    int rank = last.shape().size();
    FloatBuffer values = last.data().asFloatBuffer();
    boolean classes =
        last.kind() == ElementKind.FLOAT32
            && rank > 0
            && values.remaining() > 1
            && last.shape().get(rank - 1) == values.remaining();
    if (!classes) {
      return Optional.empty();
    }
    float[] logits = new float[values.remaining()];
    values.get(logits);
    Softmax softmax = Softmax.of(logits, 0, logits.length);
    return Optional.of(new Verdict(exit, softmax.best(), softmax.confidence()));
  }
}
