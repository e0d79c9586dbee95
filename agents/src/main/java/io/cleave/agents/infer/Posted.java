package io.cleave.agents.infer;

import io.cleave.agents.dnn.Model;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.frames.Brightness;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageTensor;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the body of a request the network's inputs, or refuses it. */
final class Posted {
  private final DnnGraph graph;
  private final Brightness brightness;
  private final List<Tensor> inputs;
  private final long bytes;

  Posted(Model model) {
    this.graph = model.graph();
    this.brightness = model.brightness();
    this.inputs = graph.layer(0).outputs().stream().map(graph::tensor).toList();
    this.bytes = graph.inputSize().bytes();
  }

  /**
   * All inputs one after the other, as they lie in memory.
   *
   * @throws BadRequest if it is not as long as they are
   */
  List<TensorValue> raw(byte[] body) {
    if (body.length != bytes) {
      throw new BadRequest(
          400,
          "%s takes %d bytes (%s), not %d."
              .formatted(graph.name(), bytes, described(), body.length));
    }
    List<TensorValue> values = new ArrayList<>();
    int from = 0;
    for (Tensor input : inputs) {
      ElementKind kind = ElementKind.valueOf(input.type().name());
      int length = Math.toIntExact(input.size().bytes());
      values.add(
          new TensorValue(
              input.name(), kind, input.shape().dims(), ByteBuffer.wrap(body, from, length)));
      from += length;
    }
    return values;
  }

  /**
   * An image file.
   *
   * @throws BadRequest if it is none, or the network does not take images
   */
  List<TensorValue> image(byte[] body) {
    try {
      return List.of(new ImageTensor(graph, brightness).read(new ByteArrayInputStream(body)));
    } catch (ImageException unusable) {
      throw new BadRequest(400, String.valueOf(unusable.getMessage()));
    }
  }

  private String described() {
    return String.join(
        ", ", inputs.stream().map(input -> input.type() + " " + input.shape()).toList());
  }
}
