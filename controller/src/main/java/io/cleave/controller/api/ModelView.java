package io.cleave.controller.api;

import io.cleave.policies.wire.ModelReference;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network that a device runs.
 *
 * @param inputShapes by input, like 1x3x224x224; those that the device gave
 */
record ModelView(String source, String sha256, Map<String, String> inputShapes) {
  static ModelView of(ModelReference model) {
    Map<String, String> shapes = new TreeMap<>();
    model.inputShapes().forEach((name, shape) -> shapes.put(name, shape.toString()));
    return new ModelView(model.source(), model.sha256(), shapes);
  }
}
