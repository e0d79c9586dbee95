package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.DnnGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A network with its weights, as a file holds it; some filters may go, and training go on. */
public final class TrainedNetwork {
  private static final Set<String> LEARNING = Set.of("Conv", "Gemm");
  private static final String KERNEL = ".weight";

  private final String name;
  private final ModelProto model;

  private TrainedNetwork(String name, ModelProto model) {
    this.name = name;
    this.model = model;
  }

  /**
   * The network of an ONNX file.
   *
   * @throws ModelFormatException if it is no usable model
   * @throws UncheckedIOException if it cannot be read
   */
  public static TrainedNetwork read(Path file) {
    return of(OnnxFile.name(file), OnnxFile.read(file));
  }

  static TrainedNetwork of(String name, ModelProto model) {
    return new TrainedNetwork(name, model);
  }

  /** Shown to people. */
  public String name() {
    return name;
  }

  /** As plans see it, for a batch of 1. */
  public DnnGraph graph() {
    return OnnxGraph.of(name, model);
  }

  /** The content of its ONNX file. */
  public byte[] bytes() {
    return model.toByteArray();
  }

  /** Which filters can go. */
  public FilterGroups filters() {
    return FilterGroups.of(name, model.getGraph());
  }

  /**
   * The network without some filters, physically smaller; the others keep their weights.
   *
   * @param gone filters by number, for each convolution that loses any
   * @throws IllegalArgumentException if a convolution cannot be pruned, or would have no filter
   */
  public TrainedNetwork without(Map<String, BitSet> gone) {
    return new TrainedNetwork(name, FilterRemoval.from(model, filters(), gone));
  }

  /**
   * What is to be trained.
   *
   * @throws ModelFormatException if training would not know the network's weights
   */
  public Architecture architecture() {
    Set<String> learned = new HashSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (LEARNING.contains(node.getOpType())) {
        learned.add(kernel(node));
        learned.add(node.getInput(2));
      }
    }
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      boolean bare = learned.contains(weight.getName());
      graph.addInitializer(bare ? weight.toBuilder().clearRawData().build() : weight);
    }
    return Architecture.of(name, model.toBuilder().setGraph(graph).build());
  }

  /** Kernel and bias are found by their names. */
  private String kernel(NodeProto node) {
    String kernel = node.getInput(1);
    boolean named = kernel.endsWith(KERNEL) && node.getInputCount() > 2;
    if (!named
        || !node.getInput(2)
            .equals(kernel.substring(0, kernel.length() - KERNEL.length()) + ".bias")) {
      throw new ModelFormatException(
          "%s of %s has weights %s, not ones called like 'conv1.weight' and 'conv1.bias'. Maybe ./cleave train did not write it."
              .formatted(
                  Operands.label(node),
                  name,
                  node.getInputList().subList(1, node.getInputCount())));
    }
    return kernel;
  }

  /**
   * Its weights, as {@link Architecture#weights} names them.
   *
   * @throws ModelFormatException as {@link #architecture}, or if the file holds them otherwise
   */
  public Map<String, float[]> weights() {
    return architecture().weightsIn(name, model);
  }

  /**
   * The network with other weights.
   *
   * @throws IllegalArgumentException if one is missing or has another number of values
   */
  public TrainedNetwork with(Map<String, float[]> weights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      architecture().write(weights, bytes);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return new TrainedNetwork(name, OnnxFile.parse(name, bytes.toByteArray()));
  }
}
