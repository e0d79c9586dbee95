package io.cleave.testbed.codecs;

import io.cleave.policies.graph.Tensor;
import io.cleave.policies.learning.CodedCuts;
import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.learning.Handicap;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.plan.Codec;
import java.util.List;

/**
 * A trained network learns to bear a codec at every cut: in each batch what crosses at one of them,
 * drawn at random, goes through the very codec that agents use. One network then serves all cuts,
 * and none. See {@link CodedCuts}.
 *
 * <p><b>Differs</b> from ADCNN's retraining, which has bounds of its own for one place and keeps
 * them: here each frame's tensor has its own.
 *
 * @param codec what crosses in
 * @param recipe how it learns
 * @param images to learn from, and those that say which weights are best
 */
public record FineTuning(Codec codec, ExitRecipe recipe, ExitTraining.Images images) {
  /**
   * The network when it has learned.
   *
   * @throws IllegalStateException if the loss is no finite number any more
   */
  public TrainedNetwork of(TrainedNetwork trained, ExitTraining.Progress progress) {
    List<String> cuts = CodecStudy.cuts(trained.graph()).stream().map(Tensor::name).toList();
    try (ExitTraining training =
        ExitTraining.from(
            trained.weights(),
            trained.architecture(),
            recipe,
            images,
            Handicap.of(new CodedCuts(cuts, Received.form(codec))),
            progress)) {
      return trained.with(training.run());
    }
  }
}
