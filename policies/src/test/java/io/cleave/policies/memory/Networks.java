package io.cleave.policies.memory;

import io.cleave.policies.graph.Division;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import java.util.ArrayList;
import java.util.List;

/** Small networks by hand: layers that make one tensor each and have weights of so many bytes. */
final class Networks {
  private final List<Layer> layers = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();

  private Networks(TensorShape input) {
    layers.add(new Layer("in", "Input", LayerKind.INPUT, Work.NONE, List.of(), List.of(0)));
    tensors.add(new Tensor("t0", input, ElementType.FLOAT32, 0));
  }

  static Networks from(long... input) {
    return new Networks(TensorShape.of(input));
  }

  /** One more layer, which reads these tensors; its own has the layer's number. */
  Networks layer(long weightBytes, Division division, List<Integer> reads, long... made) {
    int number = layers.size();
    Work work = new Work(0, weightBytes / 4, weightBytes, 0);
    layers.add(
        new Layer(
            "l" + number, "Op", LayerKind.CONVOLUTION, work, reads, List.of(number), division));
    tensors.add(new Tensor("t" + number, TensorShape.of(made), ElementType.FLOAT32, number));
    return this;
  }

  /** The same that stays in one piece, its tensor a line. */
  Networks layer(long weightBytes, List<Integer> reads, long elements) {
    return layer(weightBytes, Division.NONE, reads, elements);
  }

  DnnGraph graph() {
    return new DnnGraph("by hand", layers, tensors, List.of(layers.size() - 1));
  }
}
