package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The model that a person means: {@code zoo:resnet18}, or an ONNX file with sizes for its inputs.
 */
final class ModelReference {
  private static final String ZOO = "zoo:";

  /** Weights of zoo networks always come from this seed, so that halves written twice are equal. */
  private static final long SEED = 1;

  @Parameters(paramLabel = "FILE|zoo:NAME", description = "An ONNX file, or a network of the zoo.")
  private String model = "";

  @Option(
      names = "--shape",
      paramLabel = "INPUT=1x3x224x224",
      description = "Size of an input whose axes the file leaves open. Repeatable.")
  private List<String> shapes = List.of();

  String text() {
    return model;
  }

  /** A name for files made of this model. */
  String stem() {
    return zoo()
        .map(Zoo::id)
        .orElseGet(() -> String.valueOf(Path.of(model).getFileName()).replaceAll("\\.onnx$", ""));
  }

  /** The graph, without making weights. */
  DnnGraph graph() {
    Optional<Zoo> zoo = zoo();
    return zoo.isPresent() ? zoo.get().graph(sizes()) : OnnxGraph.read(Path.of(model), sizes());
  }

  /** A slicer of the model with its weights. */
  OnnxSlicer slicer() {
    Map<String, TensorShape> sizes = sizes();
    return zoo()
        .map(zoo -> zoo.slicer(SEED, sizes))
        .orElseGet(() -> OnnxSlicer.read(Path.of(model), sizes));
  }

  /** A slicer of the model, read from a file that it was written to. */
  OnnxSlicer slicer(Path file) {
    return OnnxSlicer.read(stem(), file, sizes());
  }

  /** Writes the network of the zoo as the content of an ONNX file. */
  void writeZoo(OutputStream out) throws IOException {
    zoo().orElseThrow().write(SEED, sizes(), out);
  }

  /** The network of the zoo that is meant; empty if it is a file. */
  Optional<Zoo> zoo() {
    if (!model.startsWith(ZOO)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Zoo.byName(model.substring(ZOO.length())));
    } catch (IllegalArgumentException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }

  private Map<String, TensorShape> sizes() {
    Map<String, TensorShape> sizes = new LinkedHashMap<>();
    for (String shape : shapes) {
      int equals = shape.lastIndexOf('=');
      if (equals < 1) {
        throw new UserError(
            "--shape is written like INPUT=1x3x224x224, not '%s'.".formatted(shape));
      }
      try {
        sizes.put(shape.substring(0, equals), TensorShape.parse(shape.substring(equals + 1)));
      } catch (IllegalArgumentException error) {
        throw new UserError(String.valueOf(error.getMessage()));
      }
    }
    return sizes;
  }
}
