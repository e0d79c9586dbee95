package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a layer's time is taken to depend on, by its kind; a constant 1 first. */
final class LayerInputs {
  private LayerInputs() {}

  /**
   * A layer that was measured.
   *
   * @param inputs of its kind
   * @param seconds above 0
   */
  record Example(List<Double> inputs, double seconds) {}

  /** True if layers of this kind take no time on any machine. */
  static boolean isFree(LayerKind kind) {
    return kind == LayerKind.INPUT || kind == LayerKind.VIEW;
  }

  /** Multiply-accumulates, or values that are read or made. */
  static List<Double> of(DnnGraph graph, Layer layer) {
    return switch (layer.kind()) {
      case INPUT, VIEW -> List.of(1.0);
      case CONVOLUTION, DEPTHWISE ->
          List.of(
              1.0, (double) layer.work().multiplyAccumulates(), elements(graph, layer.outputs()));
      case POOL, FULLY_CONNECTED ->
          List.of(1.0, elements(graph, layer.inputs()), elements(graph, layer.outputs()));
      case ELEMENTWISE, MOVE, CONTROL_FLOW -> List.of(1.0, elements(graph, layer.inputs()));
    };
  }

  /** All layers that take time, by kind. */
  static Map<LayerKind, List<Example>> examples(List<FittedProfile.Measured> measured) {
    Map<LayerKind, List<Example>> examples = new EnumMap<>(LayerKind.class);
    for (FittedProfile.Measured one : measured) {
      for (int i = 0; i < one.graph().size(); i++) {
        Layer layer = one.graph().layer(i);
        double seconds = one.times().layer(i);
        if (!isFree(layer.kind()) && seconds > 0) {
          examples
              .computeIfAbsent(layer.kind(), kind -> new ArrayList<>())
              .add(new Example(of(one.graph(), layer), seconds));
        }
      }
    }
    return examples;
  }

  private static double elements(DnnGraph graph, List<Integer> tensors) {
    return tensors.stream().mapToDouble(t -> graph.tensor(t).shape().elements()).sum();
  }
}
