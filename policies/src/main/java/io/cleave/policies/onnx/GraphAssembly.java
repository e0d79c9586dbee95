package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.Work;
import io.cleave.policies.onnx.Inference.LiveNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes layers and tensors of the operators that depend on a graph input and lead to an output. */
final class GraphAssembly {
  private final GraphProto source;
  private final Inference inference;
  private final Map<String, Integer> tensorIndex = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Set<String> countedWeights = new HashSet<>();
  private final Set<String> layerNames = new HashSet<>();

  private GraphAssembly(GraphProto source, Inference inference) {
    this.source = source;
    this.inference = inference;
  }

  /**
   * @param name of the network, shown to people
   * @throws ModelFormatException if the graph is disconnected
   */
  static Analysis of(String name, GraphProto source, Inference inference) {
    return new GraphAssembly(source, inference).assemble(name);
  }

  private Analysis assemble(String name) {
    Set<String> needed = needed();
    addInput(needed);
    for (LiveNode live : inference.liveNodes()) {
      if (live.node().getOutputList().stream().anyMatch(needed::contains)) {
        addLayer(live, needed);
      }
    }
    List<Integer> outputs = new ArrayList<>();
    for (ValueInfoProto output : source.getOutputList()) {
      outputs.add(tensor(output.getName()));
    }
    return new Analysis(
        new DnnGraph(name, layers, tensors, outputs),
        List.copyOf(nodes),
        Map.copyOf(inference.values()),
        Map.copyOf(inference.constantMakers()),
        Set.copyOf(inference.frozen()));
  }

  /** Walks back from the outputs; what merely tells its shape is no longer needed. */
  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    for (ValueInfoProto output : source.getOutputList()) {
      if (!value(output.getName()).live()) {
        throw new ModelFormatException(
            "The graph is disconnected: output '%s' depends on no input."
                .formatted(output.getName()));
      }
      needed.add(output.getName());
    }
    Set<String> read = new HashSet<>();
    source.getNodeList().forEach(node -> read.addAll(Captures.reads(node)));
    for (int i = inference.liveNodes().size() - 1; i >= 0; i--) {
      NodeProto node = inference.liveNodes().get(i).node();
      boolean useful = node.getOutputList().stream().anyMatch(needed::contains);
      if (useful) {
        Captures.reads(node).stream().filter(this::live).forEach(needed::add);
      } else if (node.getOutputList().stream().noneMatch(read::contains)) {
        throw new ModelFormatException(
            "The graph is disconnected: %s leads to no output.".formatted(Operands.label(node)));
      }
    }
    return needed;
  }

  private void addInput(Set<String> needed) {
    List<Integer> made = new ArrayList<>();
    for (ValueInfoProto input : source.getInputList()) {
      if (needed.contains(input.getName())) {
        made.add(addTensor(input.getName(), 0));
      }
    }
    layers.add(new Layer(unique("input"), "Input", LayerKind.INPUT, Work.NONE, List.of(), made));
  }

  private void addLayer(LiveNode live, Set<String> needed) {
    NodeProto node = live.node();
    int index = layers.size();
    List<Integer> inputs =
        Captures.reads(node).stream().filter(this::live).map(this::tensor).toList();
    List<Integer> outputs = new ArrayList<>();
    for (String output : node.getOutputList()) {
      if (needed.contains(output)) {
        outputs.add(addTensor(output, index));
      }
    }
    String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    layers.add(
        new Layer(
            unique(name),
            node.getOpType(),
            kind(live),
            work(live),
            inputs,
            outputs,
            Divisions.of(live)));
    nodes.add(node);
  }

  private static LayerKind kind(LiveNode live) {
    return Operator.of(live.node().getDomain(), live.node().getOpType())
        .map(operator -> WorkCount.kind(live.operands(), operator.kind()))
        .orElse(LayerKind.CONTROL_FLOW);
  }

  private Work work(LiveNode live) {
    Set<Integer> fresh = new HashSet<>();
    for (int i = 0; i < live.node().getInputCount(); i++) {
      if (!live(live.node().getInput(i)) && countedWeights.add(live.node().getInput(i))) {
        fresh.add(i);
      }
    }
    return WorkCount.of(live.operands(), live.outputs(), fresh);
  }

  private int addTensor(String name, int producer) {
    Value value = value(name);
    if (value.dims().isEmpty() || value.type().isEmpty()) {
      throw new ModelFormatException("The shape of the tensor '%s' is unknown.".formatted(name));
    }
    if (value.shapeIsEmpty()) {
      throw new ModelFormatException("The tensor '%s' has no elements.".formatted(name));
    }
    tensorIndex.put(name, tensors.size());
    tensors.add(new Tensor(name, value.shape(), value.type().get(), producer));
    return tensors.size() - 1;
  }

  private int tensor(String name) {
    Integer index = tensorIndex.get(name);
    if (index == null) {
      throw new ModelFormatException("The tensor '%s' is made by no node.".formatted(name));
    }
    return index;
  }

  private boolean live(String name) {
    return value(name).live();
  }

  private Value value(String name) {
    return inference.values().getOrDefault(name, Value.OPAQUE);
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; !layerNames.add(candidate); i++) {
      candidate = name + "#" + i;
    }
    return candidate;
  }
}
