package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.cleave.policies.graph.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * One operator with what is known of its inputs.
 *
 * @param node as the file has it
 * @param opset version of the operator set
 * @param inputs one for each of the node's inputs; empty where an optional input is left out
 */
record Operands(NodeProto node, long opset, List<Optional<Value>> inputs) {
  Operands {
    inputs = List.copyOf(inputs);
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /**
   * @throws ModelFormatException if the operator lacks this input
   */
  Value in(int index) {
    if (!has(index)) {
      throw wrong("lacks its input %d".formatted(index));
    }
    return inputs.get(index).orElseThrow();
  }

  /** Sizes of an input. */
  List<Long> dims(int index) {
    return in(index)
        .dims()
        .orElseThrow(
            () -> wrong("needs the shape of " + node.getInput(index) + ", which is unknown"));
  }

  ElementType type(int index) {
    return in(index)
        .type()
        .orElseThrow(() -> wrong("reads " + node.getInput(index) + ", which holds no numbers"));
  }

  /** Content of an input that must be a constant, as integers. */
  List<Long> integers(int index) {
    return numbers(index).stream().map(Double::longValue).toList();
  }

  List<Double> numbers(int index) {
    return in(index)
        .content()
        .orElseThrow(
            () ->
                wrong(
                    "takes its sizes from %s, which is no constant. Maybe export the model with fixed shapes."
                        .formatted(node.getInput(index))));
  }

  /** Whether the content of every present input is known. */
  boolean allKnown() {
    return inputs.stream().flatMap(Optional::stream).allMatch(v -> v.content().isPresent());
  }

  Optional<AttributeProto> attribute(String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  long integer(String name, long otherwise) {
    return attribute(name).map(AttributeProto::getI).orElse(otherwise);
  }

  String string(String name, String otherwise) {
    return attribute(name).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
  }

  /** A list attribute; empty if it is not there. */
  Optional<List<Long>> integers(String name) {
    return attribute(name).map(AttributeProto::getIntsList);
  }

  /** An axis counted from the front, for a tensor of this rank. */
  int axis(long axis, int rank) {
    long positive = axis < 0 ? axis + rank : axis;
    if (positive < 0 || positive > rank) {
      throw wrong("has axis %d, but its input has %d axes".formatted(axis, rank));
    }
    return (int) positive;
  }

  ModelFormatException wrong(String what) {
    return new ModelFormatException("%s %s.".formatted(label(node), what));
  }

  static String label(NodeProto node) {
    String name =
        node.getName().isEmpty() ? String.join(",", node.getOutputList()) : node.getName();
    return "%s node '%s'".formatted(node.getOpType(), name);
  }
}
