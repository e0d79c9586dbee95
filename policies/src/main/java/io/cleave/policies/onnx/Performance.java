package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network, or a part of it, while it computes: operator after operator, each value by name. */
final class Performance<T> {
  private static final Set<String> CONSTANT_READERS = Set.of("Clip", "Sub", "Mul", "Slice");

  private final Operations<T> operations;
  private final GraphProto graph;
  private final Map<String, T> values = new HashMap<>();

  /**
   * @param graph that holds the constants
   */
  Performance(Operations<T> operations, GraphProto graph) {
    this.operations = operations;
    this.graph = graph;
  }

  /** What is there before anything runs. */
  void give(String name, T value) {
    values.put(name, value);
  }

  /**
   * Runs one operator.
   *
   * @throws IllegalStateException if {@link Operations} lacks it
   */
  void run(NodeProto node) {
    if (node.getOpType().equals("Split")) {
      List<T> parts = operations.split(value(node.getInput(0)), node.getOutputCount());
      for (int i = 0; i < parts.size(); i++) {
        make(node.getOutput(i), parts.get(i));
      }
    } else {
      make(
          node.getOutput(0),
          CONSTANT_READERS.contains(node.getOpType()) ? fixed(node) : performed(node));
    }
  }

  private void make(String name, T value) {
    values.put(name, operations.made(name, value));
  }

  T value(String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("No operator made '%s'.".formatted(name));
    }
    return value;
  }

  private T performed(NodeProto node) {
    T x = value(node.getInput(0));
    return switch (node.getOpType()) {
      case "Conv" ->
          operations.conv(
              x, node.getInput(1), node.getInput(2), window(node), integer(node, "group"));
      case "MaxPool" -> operations.maxPool(x, window(node));
      case "AveragePool" -> operations.averagePool(x, window(node));
      case "GlobalAveragePool" -> operations.globalAveragePool(x);
      case "Relu" -> operations.relu(x);
      case "Add" -> operations.add(x, value(node.getInput(1)));
      case "Sign" -> operations.sign(x);
      case "Max" -> operations.largest(all(node));
      case "Mean" -> operations.mean(all(node));
      case "Concat" -> operations.concat(all(node), integer(node, "axis"));
      case "Round" -> operations.round(x);
      case "Flatten" -> operations.flatten(x);
      case "Gemm" -> operations.dense(x, node.getInput(1), node.getInput(2));
      default ->
          throw new IllegalStateException("No training knows %s.".formatted(node.getOpType()));
    };
  }

  /** An operator that reads one tensor and constants. */
  private T fixed(NodeProto node) {
    T x = value(node.getInput(0));
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
    return graph.getInitializerList().stream()
        .filter(each -> each.getName().equals(constant))
        .findFirst()
        .flatMap(each -> TensorContent.of(each).content())
        .orElseThrow(
            () -> new IllegalStateException("There is no constant '%s'.".formatted(constant)));
  }

  private List<T> all(NodeProto node) {
    return node.getInputList().stream().map(this::value).toList();
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
}
