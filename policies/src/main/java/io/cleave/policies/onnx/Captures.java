package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that operators read: their inputs, and what bodies of loops and branches capture. */
final class Captures {
  private Captures() {}

  /** Bodies of a loop, a branch or a scan; empty for other operators. */
  static List<GraphProto> bodies(NodeProto node) {
    List<GraphProto> bodies = new ArrayList<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        bodies.add(attribute.getG());
      }
      bodies.addAll(attribute.getGraphsList());
    }
    return bodies;
  }

  /** Every outer name that a node reads, in order, each once. */
  static Set<String> reads(NodeProto node) {
    Set<String> names = new LinkedHashSet<>();
    node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
    bodies(node).forEach(body -> names.addAll(captured(body)));
    return names;
  }

  private static Set<String> captured(GraphProto body) {
    Set<String> own = new HashSet<>();
    body.getInputList().forEach(input -> own.add(input.getName()));
    body.getInitializerList().forEach(weight -> own.add(weight.getName()));
    body.getNodeList().forEach(node -> own.addAll(node.getOutputList()));
    Set<String> names = new LinkedHashSet<>();
    body.getNodeList().forEach(node -> names.addAll(reads(node)));
    body.getOutputList().forEach(output -> names.add(output.getName()));
    names.removeAll(own);
    return names;
  }

  /** Whether a tensor of this name is made inside a body of this node, at any depth. */
  static boolean makesInside(NodeProto node, String name) {
    return bodies(node).stream()
        .flatMap(body -> body.getNodeList().stream())
        .anyMatch(inner -> inner.getOutputList().contains(name) || makesInside(inner, name));
  }
}
