package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a network from an ONNX model: works out every shape, counts work, and keeps only what
 * depends on an input.
 *
 * <p>Axes that the file leaves open need a size; an open batch axis alone is taken as 1.
 */
public final class OnnxGraph {
  private OnnxGraph() {}

  /** Reads a file whose only open axis, if any, is the batch. */
  public static DnnGraph read(Path file) {
    return read(file, Map.of());
  }

  /**
   * Reads a file.
   *
   * @param sizes of graph inputs by name, for those with open axes
   * @throws ModelFormatException if the file is no usable model
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static DnnGraph read(Path file, Map<String, TensorShape> sizes) {
    return of(OnnxFile.name(file), OnnxFile.read(file), sizes);
  }

  /**
   * The same under another name than the file's.
   *
   * @param name shown to people
   */
  public static DnnGraph read(String name, Path file, Map<String, TensorShape> sizes) {
    return of(name, OnnxFile.read(file), sizes);
  }

  /** The network of a model whose only open axis, if any, is the batch. */
  public static DnnGraph of(String name, ModelProto model) {
    return of(name, model, Map.of());
  }

  /**
   * The network of a model.
   *
   * @param name shown to people
   * @param sizes of graph inputs by name, for those with open axes
   * @throws ModelFormatException if it is no usable model
   */
  public static DnnGraph of(String name, ModelProto model, Map<String, TensorShape> sizes) {
    return analyse(name, model, sizes).graph();
  }

  static Analysis analyse(String name, ModelProto model, Map<String, TensorShape> sizes) {
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new ModelFormatException("%s holds no network.".formatted(name));
    }
    Analysis analysis =
        GraphAssembly.of(
            name, model.getGraph(), Inference.run(model.getGraph(), opset(model), sizes));
    return analysis.with(EightBitNotes.of(model).on(analysis.graph()));
  }

  static long opset(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(1);
  }
}
