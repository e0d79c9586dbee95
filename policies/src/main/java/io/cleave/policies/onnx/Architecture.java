package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.cleave.policies.graph.DnnGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network without its weights, to be trained: what it computes, which weights it takes, and how
 * it is written once they are known. Batch normalisation is no part of it, being folded into the
 * convolutions when the network is written.
 */
public final class Architecture {
  private final String name;
  private final ModelProto bare;

  private Architecture(String name, ModelProto bare) {
    this.name = name;
    this.bare = bare;
  }

  /** The architecture of a network of the zoo. */
  static Architecture of(String name, ModelProto bare) {
    return new Architecture(name, bare);
  }

  public String name() {
    return name;
  }

  /** Sizes of one image: channels, height, width. */
  public List<Long> image() {
    return sizes(bare.getGraph().getInput(0));
  }

  /** Names of the outputs in their order, the earliest exit first. */
  public List<String> outputs() {
    return bare.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** How many classes its answers tell apart. */
  public int classes() {
    return Math.toIntExact(sizes(bare.getGraph().getOutput(0)).get(0));
  }

  /** Names and sizes of the weights to be learned, in the order of the network. */
  public Map<String, List<Long>> weights() {
    Map<String, List<Long>> weights = new LinkedHashMap<>();
    for (TensorProto weight : bare.getGraph().getInitializerList()) {
      if (!settled(weight)) {
        weights.put(weight.getName(), weight.getDimsList());
      }
    }
    return weights;
  }

  /** True for constants that nobody learns: they have their content already. */
  private static boolean settled(TensorProto weight) {
    return weight.getFloatDataCount() > 0
        || weight.getInt64DataCount() > 0
        || !weight.getRawData().isEmpty();
  }

  /**
   * The weights that a file of this network, or of a larger one, holds.
   *
   * @return as {@link #weights} names them, row-major
   * @throws ModelFormatException if one is missing or has another size
   */
  public Map<String, float[]> weightsIn(Path file) {
    return weightsIn(file.toString(), OnnxFile.read(file));
  }

  /**
   * The same of a model.
   *
   * @param what named in errors
   */
  Map<String, float[]> weightsIn(String what, ModelProto model) {
    Map<String, TensorProto> held = new HashMap<>();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      held.put(weight.getName(), weight);
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    weights()
        .forEach(
            (name, dims) -> {
              TensorProto weight = held.get(name);
              long bytes = Float.BYTES * ViewRules.product(dims, 0, dims.size());
              if (weight == null
                  || !weight.getDimsList().equals(dims)
                  || weight.getRawData().size() != bytes) {
                throw new ModelFormatException(
                    "%s holds no weight '%s' of %s for %s. Maybe it is a model of another network."
                        .formatted(what, name, dims, this.name));
              }
              float[] values = new float[weight.getRawData().size() / Float.BYTES];
              weight
                  .getRawData()
                  .asReadOnlyByteBuffer()
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .asFloatBuffer()
                  .get(values);
              weights.put(name, values);
            });
    return weights;
  }

  /** The model without its weights. */
  ModelProto bare() {
    return bare;
  }

  /** The network as plans see it, for a batch of 1. */
  public DnnGraph graph() {
    return OnnxGraph.of(name, bare);
  }

  /**
   * Computes the outputs, in their order.
   *
   * @throws IllegalStateException if the network has an operator that {@link Operations} lacks
   */
  public <T> List<T> perform(Operations<T> operations, T input) {
    GraphProto graph = bare.getGraph();
    Performance<T> performance = new Performance<>(operations, graph);
    String first = graph.getInput(0).getName();
    performance.give(first, operations.made(first, input));
    graph.getNodeList().forEach(performance::run);
    return outputs().stream().map(performance::value).toList();
  }

  /** Names of the operators, in the order in which they run. */
  public List<String> operators() {
    return bare.getGraph().getNodeList().stream().map(NodeProto::getName).toList();
  }

  /**
   * Operators {@code from} (included) to {@code to} (excluded) as a part that runs for itself.
   *
   * @throws IndexOutOfBoundsException if there are not as many
   */
  public NetworkPart part(int from, int to) {
    return new NetworkPart(bare.getGraph(), from, to);
  }

  /** The network without its earlier exits. */
  public Architecture trunk() {
    return LastOutput.of(this);
  }

  /**
   * Writes the network with its weights as an ONNX file.
   *
   * @param weights as {@link #weights} names them, row-major
   * @throws IllegalArgumentException if one is missing or has another number of values
   */
  public void write(Map<String, float[]> weights, OutputStream out) throws IOException {
    List<TensorProto> filled = new ArrayList<>();
    for (TensorProto weight : bare.getGraph().getInitializerList()) {
      filled.add(settled(weight) ? weight : filled(weight, weights));
    }
    GraphProto.Builder graph = bare.getGraph().toBuilder().clearInitializer();
    bare.toBuilder().setGraph(graph.addAllInitializer(filled)).build().writeTo(out);
  }

  private static TensorProto filled(TensorProto weight, Map<String, float[]> weights) {
    float[] values = weights.get(weight.getName());
    long wanted = ViewRules.product(weight.getDimsList(), 0, weight.getDimsCount());
    if (values == null || values.length != wanted) {
      throw new IllegalArgumentException(
          "The weight '%s' takes %d values, not %s."
              .formatted(weight.getName(), wanted, values == null ? "none" : values.length));
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return weight.toBuilder().setRawData(ByteString.copyFrom(bytes)).build();
  }

  /** Without the batch. */
  private static List<Long> sizes(ValueInfoProto info) {
    return info.getType().getTensorType().getShape().getDimList().stream()
        .skip(1)
        .map(dim -> dim.getDimValue())
        .toList();
  }
}
