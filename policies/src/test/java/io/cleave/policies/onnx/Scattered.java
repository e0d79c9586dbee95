package io.cleave.policies.onnx;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Strip;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a machine is given to make a piece. */
final class Scattered {
  private Scattered() {}

  /** The parts of tensors at hand that a piece is made of, by name. */
  static Map<String, Floats> of(Footprint footprint, DnnGraph graph, Map<String, Floats> held) {
    Map<String, Floats> scattered = new LinkedHashMap<>();
    for (int input : footprint.inputs()) {
      Floats part = Engine.pick(held, graph.tensor(input).name());
      for (Strip strip : footprint.part(input).strips()) {
        part = part.part(strip.axis(), strip.span());
      }
      scattered.put(graph.tensor(input).name(), part);
    }
    return scattered;
  }
}
