package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a model compute with whole numbers of eight bits: around its operators stand pairs of
 * QuantizeLinear and DequantizeLinear, which an engine fuses into kernels of eight bits. Weights
 * have a scale for each output channel and 0 in the middle, activations one scale a tensor, by the
 * range of values that was seen. Inputs and outputs stay floats.
 *
 * <p>Source: the ONNX operator specification (QuantizeLinear, DequantizeLinear, opset 13); where
 * pairs stand is what ONNX Runtime looks for: at every input and output of an operator, none
 * between an operator and its rectifier, the same scale on both sides of what only passes values
 * on.
 *
 * <p>Complexity: O(weights + operators). Assumes weights that are initializers; an operator whose
 * weights a model computes stays as it is, as does one that is not listed.
 */
final class EightBitModel {
  private static final Set<String> WEIGHTED = Set.of("Conv", "Gemm");
  private static final Set<String> PASSING = Set.of("MaxPool", "Flatten", "Reshape", "Squeeze");
  private static final Set<String> RECTIFIERS = Set.of("Relu", "Clip");
  private static final Set<String> OTHERS =
      Set.of("Add", "Concat", "AveragePool", "GlobalAveragePool");
  private static final int FIRST_OPSET = 13; // with scales for each channel

  private final GraphProto graph;
  private final Map<String, ValueRange> ranges;
  private final Map<String, TensorProto> weights = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Set<String> answers = new HashSet<>();
  private final Map<String, String> seenAs = new HashMap<>(); // an input's name for its readers
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();

  private EightBitModel(GraphProto graph, Map<String, ValueRange> ranges) {
    this.graph = graph;
    this.ranges = passedOn(graph, ranges);
    graph.getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
    graph.getOutputList().forEach(output -> answers.add(output.getName()));
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> makers.put(output, node));
      for (String input : node.getInputList()) {
        readers.computeIfAbsent(input, any -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * The same network in eight bits.
   *
   * @param ranges by the tensor's name; a tensor without one stays as it is
   * @throws ModelFormatException if the model is of an opset that cannot say so
   */
  static ModelProto of(ModelProto model, Map<String, ValueRange> ranges) {
    if (OnnxGraph.opset(model) < FIRST_OPSET) {
      throw new ModelFormatException(
          "A model in eight bits is of opset %d at least, not %d. Maybe export it again."
              .formatted(FIRST_OPSET, OnnxGraph.opset(model)));
    }
    return model.toBuilder().setGraph(new EightBitModel(model.getGraph(), ranges).graph()).build();
  }

  /** What only passes values on has the range of what it reads. */
  private static Map<String, ValueRange> passedOn(GraphProto graph, Map<String, ValueRange> seen) {
    Map<String, ValueRange> ranges = new HashMap<>(seen);
    for (NodeProto node : graph.getNodeList()) {
      ValueRange range = PASSING.contains(node.getOpType()) ? ranges.get(node.getInput(0)) : null;
      if (range != null) {
        ranges.put(node.getOutput(0), range);
      }
    }
    return ranges;
  }

  private GraphProto graph() {
    for (ValueInfoProto input : graph.getInputList()) {
      String name = input.getName();
      if (inEightBits(name)) {
        seenAs.put(name, name + "/seen");
        addPair(name, name, name + "/seen");
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      addNode(node);
    }
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(Captures.reads(node)));
    return graph.toBuilder()
        .clearNode()
        .addAllNode(nodes)
        .clearValueInfo()
        .clearInitializer()
        .addAllInitializer(
            graph.getInitializerList().stream().filter(w -> read.contains(w.getName())).toList())
        .addAllInitializer(initializers.values())
        .build();
  }

  private void addNode(NodeProto node) {
    NodeProto.Builder changed = node.toBuilder().clearInput().clearOutput();
    node.getInputList().forEach(input -> changed.addInput(seenAs.getOrDefault(input, input)));
    if (WEIGHTED.contains(node.getOpType()) && works(node)) {
      putWeights(node, changed);
    }
    List<String> pairs = new ArrayList<>();
    for (String output : node.getOutputList()) {
      boolean pair = inEightBits(output);
      changed.addOutput(pair ? output + "/float" : output);
      if (pair) {
        pairs.add(output);
      }
    }
    nodes.add(changed.build());
    pairs.forEach(output -> addPair(output, output + "/float", output));
  }

  /** True if the tensor is told in eight bits wherever it is read. */
  private boolean inEightBits(String tensor) {
    if (!ranges.containsKey(tensor) || absorbed(tensor)) {
      return false;
    }
    return (makers.containsKey(tensor) && works(makers.get(tensor)))
        || readers.getOrDefault(tensor, List.of()).stream().anyMatch(this::works);
  }

  /** The rectifier behind it is part of the operator that makes it. */
  private boolean absorbed(String tensor) {
    List<NodeProto> reading = readers.getOrDefault(tensor, List.of());
    return reading.size() == 1
        && RECTIFIERS.contains(reading.get(0).getOpType())
        && !answers.contains(tensor)
        && makers.containsKey(tensor)
        && works(makers.get(tensor));
  }

  private boolean works(NodeProto node) {
    String operator = node.getOpType();
    if (!ranges.containsKey(node.getInput(0))) {
      return false;
    }
    return WEIGHTED.contains(operator)
        ? hasPlainWeights(node)
        : PASSING.contains(operator) || RECTIFIERS.contains(operator) || OTHERS.contains(operator);
  }

  private boolean hasPlainWeights(NodeProto node) {
    TensorProto kernel = weight(node.getInput(1));
    return floats(kernel)
        && (node.getInputCount() < 3 || floats(weight(node.getInput(2))))
        && node.getAttributeList().stream().noneMatch(EightBitModel::scales);
  }

  private static boolean floats(TensorProto weight) {
    return weight.getDataType() == TensorProto.DataType.FLOAT_VALUE;
  }

  /** An initializer; one without a type if there is none of this name. */
  private TensorProto weight(String name) {
    return weights.getOrDefault(name, TensorProto.getDefaultInstance());
  }

  private ValueRange range(String tensor) {
    return Objects.requireNonNull(ranges.get(tensor), tensor);
  }

  /** A product that is turned or scaled is left alone. */
  private static boolean scales(AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "alpha", "beta" -> attribute.getF() != 1;
      case "transA" -> attribute.getI() != 0;
      default -> false;
    };
  }

  private void putWeights(NodeProto node, NodeProto.Builder changed) {
    String name = node.getOutput(0);
    int axis = outputAxis(node);
    boolean biased = node.getInputCount() > 2;
    EightBitWeights whole =
        new EightBitWeights(
            weight(node.getInput(1)),
            axis,
            biased ? EightBitWeights.floats(weight(node.getInput(2))) : new float[0],
            range(node.getInput(0)).scale());
    add(whole.kernel(name + "/kernel"));
    add(whole.kernelScales(name + "/kernel/scales"));
    add(whole.kernelZeros(name + "/kernel/zeros"));
    changed.setInput(1, told(name + "/kernel", axis, List.of(name + "/kernel/zeros")));
    if (biased) {
      add(whole.bias(name + "/bias"));
      add(whole.biasScales(name + "/bias/scales"));
      changed.setInput(2, told(name + "/bias", 0, List.of()));
    }
  }

  private static int outputAxis(NodeProto node) {
    boolean turned =
        node.getAttributeList().stream()
            .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() != 0);
    return node.getOpType().equals("Conv") || turned ? 0 : 1;
  }

  /** The values that whole numbers with a scale for each place of an axis mean. */
  private String told(String name, int axis, List<String> zeros) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType("DequantizeLinear")
            .setName(name + "/told")
            .addInput(name)
            .addInput(name + "/scales")
            .addAllInput(zeros)
            .addOutput(name + "/told")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(axis))
            .build());
    return name + "/told";
  }

  private void addPair(String tensor, String from, String to) {
    ValueRange range = range(tensor);
    add(
        TensorProto.newBuilder()
            .setName(tensor + "/scale")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(range.scale())
            .build());
    add(
        TensorProto.newBuilder()
            .setName(tensor + "/zero")
            .setDataType(TensorProto.DataType.UINT8_VALUE)
            .setRawData(ByteString.copyFrom(new byte[] {(byte) range.zeroPoint()}))
            .build());
    nodes.add(step("QuantizeLinear", tensor, from, tensor + "/eight"));
    nodes.add(step("DequantizeLinear", tensor, tensor + "/eight", to));
  }

  private static NodeProto step(String operator, String tensor, String from, String to) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(to + "/" + operator)
        .addInput(from)
        .addInput(tensor + "/scale")
        .addInput(tensor + "/zero")
        .addOutput(to)
        .build();
  }

  private void add(TensorProto weight) {
    initializers.put(weight.getName(), weight);
  }
}
