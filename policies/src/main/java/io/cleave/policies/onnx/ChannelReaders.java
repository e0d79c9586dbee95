package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who reads what in a graph, and which weights belong to one operator alone. */
final class ChannelReaders {
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private final Set<String> outputs = new HashSet<>();

  ChannelReaders(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      for (String read : Captures.reads(node)) {
        readers.computeIfAbsent(read, key -> new ArrayList<>()).add(node);
      }
    }
    graph.getInitializerList().forEach(each -> constants.put(each.getName(), each));
    graph.getInputList().forEach(input -> inputs.add(input.getName()));
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
  }

  /** As plans call the layer. */
  static String name(NodeProto node) {
    return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
  }

  List<NodeProto> of(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  boolean answered(String tensor) {
    return outputs.contains(tensor);
  }

  Optional<TensorProto> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /**
   * How long an axis of a weight is.
   *
   * @return empty unless it is a constant of floats that one operator alone reads
   */
  Optional<Long> length(String weight, int axis) {
    return constant(weight)
        .filter(each -> each.getDataType() == TensorProto.DataType.FLOAT_VALUE)
        .filter(each -> axis < each.getDimsCount())
        .filter(each -> of(weight).size() == 1 && !inputs.contains(weight) && !answered(weight))
        .map(each -> each.getDims(axis));
  }
}
