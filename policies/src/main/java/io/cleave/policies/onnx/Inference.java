package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks through a model in running order and works out every tensor. */
final class Inference {
  /** An operator that depends on a graph input, with what is known of its inputs and outputs. */
  record LiveNode(NodeProto node, Operands operands, List<Value> outputs) {}

  private final long opset;
  private final Declarations declarations;
  private final Map<String, Value> values = new HashMap<>();
  private final List<LiveNode> liveNodes = new ArrayList<>();
  private final Map<String, NodeProto> constantMakers = new LinkedHashMap<>();
  private final Set<String> frozen = new HashSet<>();

  private Inference(long opset, Declarations declarations) {
    this.opset = opset;
    this.declarations = declarations;
  }

  /**
   * @param sizes of graph inputs whose axes the file leaves open
   */
  static Inference run(GraphProto graph, long opset, Map<String, TensorShape> sizes) {
    Declarations declarations = Declarations.of(graph, sizes);
    Inference inference = new Inference(opset, declarations);
    graph
        .getInitializerList()
        .forEach(weight -> inference.values.put(weight.getName(), TensorContent.of(weight)));
    inference.values.putAll(declarations.inputs());
    for (NodeProto node : NodeOrder.of(graph, Set.copyOf(inference.values.keySet()))) {
      inference.visit(node);
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!inference.values.containsKey(output.getName())) {
        throw new ModelFormatException(
            "The output '%s' is made by no node.".formatted(output.getName()));
      }
    }
    return inference;
  }

  Map<String, Value> values() {
    return values;
  }

  List<LiveNode> liveNodes() {
    return liveNodes;
  }

  Map<String, NodeProto> constantMakers() {
    return constantMakers;
  }

  Set<String> frozen() {
    return frozen;
  }

  private void visit(NodeProto node) {
    Operands in = new Operands(node, opset, operands(node));
    try {
      visit(node, in);
    } catch (ArithmeticException | IndexOutOfBoundsException error) {
      throw new ModelFormatException(
          "%s does not fit its inputs.".formatted(Operands.label(node)), error);
    }
  }

  private void visit(NodeProto node, Operands in) {
    Set<String> reads = Captures.reads(node);
    boolean live = reads.stream().anyMatch(name -> known(name).live());
    boolean asksForShape = node.getOpType().equals("Shape") || node.getOpType().equals("Size");
    if (live && !asksForShape) {
      List<Value> outputs = liveOutputs(in);
      liveNodes.add(new LiveNode(node, in, outputs));
      store(node, outputs, Value.UNKNOWN_LIVE);
      return;
    }
    store(node, constantOutputs(in), Value.OPAQUE);
    boolean frozenHere = live || reads.stream().anyMatch(frozen::contains);
    for (String output : node.getOutputList()) {
      constantMakers.put(output, node);
      if (frozenHere) {
        frozen.add(output);
      }
    }
  }

  private List<Value> liveOutputs(Operands in) {
    NodeProto node = in.node();
    if (!Captures.bodies(node).isEmpty()) {
      return declared(node)
          .orElseThrow(
              () ->
                  in.wrong("has outputs of unknown shape. Maybe run shape inference on the file"));
    }
    Operator operator =
        Operator.of(node.getDomain(), node.getOpType())
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        "The operator %s%s of %s is not supported."
                            .formatted(
                                node.getDomain().isEmpty() ? "" : node.getDomain() + ".",
                                node.getOpType(),
                                Operands.label(node))));
    try {
      return operator.rule().outputs(in).stream().map(Value::asLive).toList();
    } catch (ModelFormatException error) {
      // The file may know what the rule cannot find out; a contradiction it cannot heal.
      boolean unknown = in.inputs().stream().flatMap(Optional::stream).anyMatch(Inference::vague);
      return unknown ? declared(node).orElseThrow(() -> error) : fail(error);
    }
  }

  private static List<Value> fail(ModelFormatException error) {
    throw error;
  }

  private static boolean vague(Value value) {
    return value.dims().isEmpty() || (!value.live() && value.content().isEmpty() && !value.real());
  }

  private List<Value> constantOutputs(Operands in) {
    if (!Captures.bodies(in.node()).isEmpty()) {
      return List.of();
    }
    return ConstantFolding.fold(in)
        .or(
            () ->
                Operator.of(in.node().getDomain(), in.node().getOpType())
                    .flatMap(operator -> quietly(operator, in)))
        .orElse(List.of());
  }

  /** A constant whose shape cannot be found stays opaque: perhaps nobody asks. */
  private static Optional<List<Value>> quietly(Operator operator, Operands in) {
    if (in.inputs().stream().flatMap(Optional::stream).anyMatch(Inference::vague)) {
      return Optional.empty();
    }
    return Optional.of(
        operator.rule().outputs(in).stream()
            .map(v -> new Value(false, v.type(), v.dims(), v.content()))
            .toList());
  }

  private Optional<List<Value>> declared(NodeProto node) {
    List<Value> outputs = new ArrayList<>();
    for (String name : node.getOutputList()) {
      Optional<Value> value = declarations.tensor(name);
      if (value.isEmpty() && !name.isEmpty()) {
        return Optional.empty();
      }
      outputs.add(value.orElseGet(() -> Value.live(ElementType.FLOAT32, List.of())));
    }
    return Optional.of(outputs);
  }

  private void store(NodeProto node, List<Value> outputs, Value otherwise) {
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (!node.getOutput(i).isEmpty()) {
        values.put(node.getOutput(i), i < outputs.size() ? outputs.get(i) : otherwise);
      }
    }
  }

  private List<Optional<Value>> operands(NodeProto node) {
    List<Optional<Value>> operands = new ArrayList<>();
    for (String name : node.getInputList()) {
      operands.add(name.isEmpty() ? Optional.empty() : Optional.of(known(name)));
    }
    return operands;
  }

  private Value known(String name) {
    return values.getOrDefault(name, Value.OPAQUE);
  }
}
