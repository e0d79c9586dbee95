package io.cleave.agents.source;

import io.cleave.agents.settings.FrameSettings;
import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.ImageOrder;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Images of which it is known what they show, scaled as networks with exits are trained. */
public final class LabelledFrames implements LongFunction<Content> {
  private static final String TEST_SET = "t10k";

  private final Tensor input;
  private final LabelledImages images;
  private final FrameSettings.Order order;
  private final long seed;

  /**
   * @param seed of an order that is drawn
   * @throws ImageException if there are no images, or the network takes others, or tells fewer
   *     classes apart
   */
  public LabelledFrames(DnnGraph graph, FrameSettings.Labelled source, long seed) {
    this.input = graph.tensor(graph.layer(0).outputs().get(0));
    this.order = source.order();
    this.seed = seed;
    try {
      this.images = IdxFiles.read(source.folder(), TEST_SET);
    } catch (IOException unreadable) {
      throw new ImageException(String.valueOf(unreadable.getMessage()));
    }
    check(graph);
  }

  private void check(DnnGraph graph) {
    if (images.count() == 0) {
      throw new ImageException("The test set holds no image.");
    }
    TensorShape fitting = TensorShape.of(1, 1, images.height(), images.width());
    if (graph.layer(0).outputs().size() != 1
        || input.type() != ElementType.FLOAT32
        || !input.shape().equals(fitting)) {
      throw new ImageException(
          "The images are grey, %d x %d, and %s takes %s of shape %s, not FLOAT32 of %s. Maybe the model or the folder is another one."
              .formatted(
                  images.height(),
                  images.width(),
                  graph.name(),
                  input.type(),
                  input.shape(),
                  fitting));
    }
    TensorShape answer = graph.tensor(graph.outputs().get(graph.outputs().size() - 1)).shape();
    long classes = answer.rank() == 0 ? 0 : answer.dim(answer.rank() - 1);
    if (images.largestLabel() >= classes) {
      throw new ImageException(
          "The images show classes 0..%d, and %s tells only %d apart. Maybe the model was trained on others."
              .formatted(images.largestLabel(), graph.name(), classes));
    }
  }

  @Override
  public Content apply(long frame) {
    int image =
        order == FrameSettings.Order.SEEDED
            ? new SplittableRandom(seed ^ frame).nextInt(images.count())
            : ImageOrder.place(seed, frame, images.count());
    float[] values = new float[images.pixelsEach()];
    images.copyTo(image, values, 0);
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    TensorValue value =
        new TensorValue(input.name(), ElementKind.FLOAT32, input.shape().dims(), data);
    return new Content(List.of(value), OptionalInt.of(images.label(image)));
  }
}
