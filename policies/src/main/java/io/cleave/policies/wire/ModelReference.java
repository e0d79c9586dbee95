package io.cleave.policies.wire;

import io.cleave.policies.graph.TensorShape;
import java.util.Map;

/**
 * Which network an agent runs, so that others can find the same one.
 *
 * @param source {@code zoo:NAME} or a file name; shown to people, and for the zoo enough to build
 *     it
 * @param sha256 of the ONNX file's content, 64 lower-case hexadecimal digits
 * @param inputShapes of graph inputs by name, for those with open axes
 */
public record ModelReference(String source, String sha256, Map<String, TensorShape> inputShapes) {
  public ModelReference {
    inputShapes = Map.copyOf(inputShapes);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "A model is known by 64 lower-case hexadecimal digits, not by '%s'.".formatted(sha256));
    }
  }
}
