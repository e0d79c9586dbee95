package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A network's trunk: what leads to its last output, under the same names. */
final class LastOutput {
  private LastOutput() {}

  static Architecture of(Architecture network) {
    GraphProto graph = network.bare().getGraph();
    ValueInfoProto output = graph.getOutput(graph.getOutputCount() - 1);
    Set<String> needed = new HashSet<>(Set.of(output.getName()));
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
        nodes.add(0, node);
      }
    }
    GraphProto.Builder trunk = graph.toBuilder().clearNode().clearOutput().clearInitializer();
    trunk.addAllNode(nodes).addOutput(output);
    graph.getInitializerList().stream()
        .filter(weight -> needed.contains(weight.getName()))
        .forEach(trunk::addInitializer);
    return Architecture.of(network.name(), network.bare().toBuilder().setGraph(trunk).build());
  }
}
