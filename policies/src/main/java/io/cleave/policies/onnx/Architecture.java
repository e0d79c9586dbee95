package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
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
import java.util.Set;

/**
 * A network without its weights, to be trained: what it computes, which weights it takes, and how
 * it is written once they are known. Batch normalisation is no part of it, being folded into the
 * convolutions when the network is written.
 */
public final class Architecture {
  private static final Set<String> CONSTANT_READERS = Set.of("Clip", "Sub", "Mul", "Slice");

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
    Map<String, T> values = new HashMap<>();
    String first = graph.getInput(0).getName();
    values.put(first, operations.made(first, input));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Split")) {
        List<T> parts = operations.split(value(values, node.getInput(0)), node.getOutputCount());
        for (int i = 0; i < parts.size(); i++) {
          values.put(node.getOutput(i), operations.made(node.getOutput(i), parts.get(i)));
        }
      } else {
        T made =
            CONSTANT_READERS.contains(node.getOpType())
                ? fixed(operations, node, value(values, node.getInput(0)))
                : performed(operations, node, values);
        values.put(node.getOutput(0), operations.made(node.getOutput(0), made));
      }
    }
    return outputs().stream().map(output -> value(values, output)).toList();
  }

  private static <T> T performed(Operations<T> operations, NodeProto node, Map<String, T> values) {
    T x = value(values, node.getInput(0));
    return switch (node.getOpType()) {
      case "Conv" ->
          operations.conv(
              x, node.getInput(1), node.getInput(2), window(node), integer(node, "group"));
      case "MaxPool" -> operations.maxPool(x, window(node));
      case "AveragePool" -> operations.averagePool(x, window(node));
      case "GlobalAveragePool" -> operations.globalAveragePool(x);
      case "Relu" -> operations.relu(x);
      case "Add" -> operations.add(x, value(values, node.getInput(1)));
      case "Sign" -> operations.sign(x);
      case "Max" -> operations.largest(all(node, values));
      case "Mean" -> operations.mean(all(node, values));
      case "Concat" -> operations.concat(all(node, values), integer(node, "axis"));
      case "Round" -> operations.round(x);
      case "Flatten" -> operations.flatten(x);
      case "Gemm" -> operations.dense(x, node.getInput(1), node.getInput(2));
      default ->
          throw new IllegalStateException("No training knows %s.".formatted(node.getOpType()));
    };
  }

  /** An operator that reads one tensor and constants. */
  private <T> T fixed(Operations<T> operations, NodeProto node, T x) {
    List<Double> first = constant(node.getInput(1));
    return switch (node.getOpType()) {
      case "Clip" -> operations.clip(x, first.get(0), constant(node.getInput(2)).get(0));
      case "Sub" -> operations.add(x, -first.get(0));
      case "Mul" -> operations.multiply(x, first.get(0));
      default -> { // Slice, of rows and columns
        List<Double> to = constant(node.getInput(2));
        yield operations.tile(
            x,
            new Span(first.get(0).longValue(), to.get(0).longValue()),
            new Span(first.get(1).longValue(), to.get(1).longValue()));
      }
    };
  }

  private List<Double> constant(String constant) {
    return bare.getGraph().getInitializerList().stream()
        .filter(each -> each.getName().equals(constant))
        .findFirst()
        .flatMap(each -> TensorContent.of(each).content())
        .orElseThrow(
            () -> new IllegalStateException("There is no constant '%s'.".formatted(constant)));
  }

  private static <T> List<T> all(NodeProto node, Map<String, T> values) {
    return node.getInputList().stream().map(input -> value(values, input)).toList();
  }

  private static <T> T value(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("No operator made '%s'.".formatted(name));
    }
    return value;
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

  private static Window window(NodeProto node) {
    List<Long> kernel = integers(node, "kernel_shape");
    List<Long> pads = integers(node, "pads");
    long stride = integers(node, "strides").get(0);
    return new Window(kernel.get(0), kernel.get(1), stride, pads.get(0), pads.get(1));
  }

  private static List<Long> integers(NodeProto node, String attribute) {
    return attribute(node, attribute).getIntsList();
  }

  private static int integer(NodeProto node, String attribute) {
    return (int) attribute(node, attribute).getI();
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelFormatException(
                    "%s leaves out '%s', which training must be told."
                        .formatted(Operands.label(node), name)));
  }

  /** Without the batch. */
  private static List<Long> sizes(ValueInfoProto info) {
    return info.getType().getTensorType().getShape().getDimList().stream()
        .skip(1)
        .map(dim -> dim.getDimValue())
        .toList();
  }
}
