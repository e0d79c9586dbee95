package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Consecutive operators of a network, run for themselves: on one side of a cut, for one. What they
 * read and do not make they are given, what others read of them they hand over.
 */
public final class NetworkPart {
  private final GraphProto graph;
  private final List<NodeProto> nodes;
  private final List<NodeProto> behind;

  NetworkPart(GraphProto graph, int from, int to) {
    this.graph = graph;
    this.nodes = graph.getNodeList().subList(from, to);
    this.behind = graph.getNodeList().subList(to, graph.getNodeCount());
  }

  /** Names of the tensors that it must be given, in the order in which they are first read. */
  public Set<String> inputs() {
    Set<String> inputs = new LinkedHashSet<>();
    Set<String> there = new LinkedHashSet<>(constants());
    for (NodeProto node : nodes) {
      node.getInputList().stream().filter(name -> !there.contains(name)).forEach(inputs::add);
      there.addAll(node.getOutputList());
    }
    return inputs;
  }

  /** Names of the tensors that it makes for those behind it, or as answers of the network. */
  public Set<String> outputs() {
    Set<String> read =
        behind.stream().flatMap(node -> node.getInputList().stream()).collect(Collectors.toSet());
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(read::add);
    return nodes.stream()
        .flatMap(node -> node.getOutputList().stream())
        .filter(read::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Names of the weights that it reads. */
  public Set<String> weights() {
    Set<String> constants = constants();
    return nodes.stream()
        .flatMap(node -> node.getInputList().stream())
        .filter(constants::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Computes the outputs from the inputs, both by name.
   *
   * @throws IllegalStateException if an input is missing, or {@link Operations} lacks an operator
   */
  public <T> Map<String, T> perform(Operations<T> operations, Map<String, T> given) {
    Performance<T> performance = new Performance<>(operations, graph);
    given.forEach(performance::give);
    nodes.forEach(performance::run);
    Map<String, T> made = new LinkedHashMap<>();
    outputs().forEach(name -> made.put(name, performance.value(name)));
    return made;
  }

  private Set<String> constants() {
    return graph.getInitializerList().stream()
        .map(TensorProto::getName)
        .collect(Collectors.toSet());
  }
}
